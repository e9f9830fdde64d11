internal import PreferenceData
internal import RunRecords
internal import TorchEngine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CausalLanguageModel {
  /// Files beside the weights that belong to a model and are handed on unchanged.
  private static let companions = [
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
    "vocab.json", "merges.txt", "generation_config.json", "chat_template.jinja",
  ]

  /// Writes the model in the Hugging Face layout, so that `transformers` opens it as it is.
  ///
  /// Weights are written in float32, which is what they are trained in, and `config.json` says so.
  ///
  /// - Parameters:
  ///   - folder: An existing folder, which should be temporary until it is complete.
  ///   - source: The model directory that the configuration and the tokenizer come from; one
  ///     without `config.json`, such as a tokenizer's directory, gets the model's own.
  /// - Throws: `RunRecordError` if the disk does not take a file, or ``ModelError``.
  package func write(to folder: String, companionsFrom source: String) throws {
    try SafetensorsWriter.write(parameters.byName, to: "\(folder)/model.safetensors")
    for name in Self.companions {
      let origin = "\(source)/\(name)"
      guard let bytes = FileManager.default.contents(atPath: origin) else { continue }
      try writeFile(bytes, "\(folder)/\(name)")
    }
    try writeFile(try configurationFile(source), "\(folder)/config.json")
  }

  private func configurationFile(_ source: String) throws -> String {
    guard let bytes = FileManager.default.contents(atPath: "\(source)/config.json") else {
      return try text(of: configuration.file)
    }
    guard case .object(var fields)? = JSONValue(parsing: [UInt8](bytes)) else {
      throw ModelError.configuration(path: "\(source)/config.json", problem: "is not a JSON object")
    }
    // The older name is changed too where it is used, for its readers.
    let names = ["dtype", "torch_dtype"].filter { fields[$0] != nil }
    for name in names.isEmpty ? ["dtype"] : names { fields.set(name, to: .string("float32")) }
    return try text(of: .object(fields))
  }

  private func text(of file: JSONValue) throws -> String {
    guard let text = file.text else {
      preconditionFailure("a configuration holds finite numbers alone")
    }
    return text + "\n"
  }

  private func writeFile(_ content: some Sequence<UInt8>, _ path: String) throws {
    var file = try AtomicFile(path: path)
    try file.write(content)
    try file.commit()
  }

  private func writeFile(_ text: String, _ path: String) throws { try writeFile(text.utf8, path) }
}

extension TransformerConfiguration {
  /// `config.json` for a Llama of this shape, as ``ModelPreset`` makes them.
  fileprivate var file: JSONValue {
    func integer(_ value: Int) -> JSONValue { .number(Double(value)) }
    return .object([
      "architectures": .array([.string(family.rawValue)]),
      "model_type": .string("llama"),
      "vocab_size": integer(vocabularySize),
      "hidden_size": integer(width),
      "intermediate_size": integer(feedForwardWidth),
      "num_hidden_layers": integer(layers),
      "num_attention_heads": integer(heads),
      "num_key_value_heads": integer(keyValueHeads),
      "head_dim": integer(headWidth),
      "hidden_act": .string("silu"),
      "max_position_embeddings": integer(positionLimit),
      "rms_norm_eps": .number(normalizationEpsilon),
      "rope_theta": .number(rotary.base),
      "attention_bias": .boolean(false),
      "mlp_bias": .boolean(false),
      "tie_word_embeddings": .boolean(tiesHead),
      "torch_dtype": .string("float32"),
    ])
  }
}
