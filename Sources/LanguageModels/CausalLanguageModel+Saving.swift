internal import PreferenceData
internal import RunRecords
package import Tokenization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CausalLanguageModel {
  /// Files that belong to a tokenizer and are handed on unchanged.
  private static let tokenizerFiles = [
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
    "vocab.json", "merges.txt", "chat_template.jinja",
  ]

  /// Writes a model that came from a checkpoint in the Hugging Face layout, so that `transformers`
  /// opens it as it is.
  ///
  /// Weights are written in float32, which is what they are trained in, and `config.json` says so.
  ///
  /// - Parameters:
  ///   - folder: An existing folder, which should be temporary until it is complete.
  ///   - source: The model directory that the configuration and the tokenizer come from.
  /// - Throws: `RunRecordError` if the disk does not take a file, or ``ModelError``.
  package func write(to folder: String, companionsFrom source: String) throws {
    try writeWeights(to: folder)
    try copy(Self.tokenizerFiles + ["generation_config.json"], from: source, to: folder)
    guard
      case .object(var fields)? = FileManager.default
        .contents(atPath: "\(source)/config.json")
        .flatMap({ JSONValue(parsing: [UInt8]($0)) })
    else {
      throw ModelError.configuration(path: "\(source)/config.json", problem: "is not a JSON object")
    }
    // The older name is changed too where it is used, for its readers.
    let names = ["dtype", "torch_dtype"].filter { fields[$0] != nil }
    for name in names.isEmpty ? ["dtype"] : names { fields.set(name, to: .string("float32")) }
    try writeFile(try text(of: fields), "\(folder)/config.json")
  }

  /// Writes a fresh model with a configuration of its own.
  ///
  /// - Parameters:
  ///   - folder: An existing folder, which should be temporary until it is complete.
  ///   - tokenizer: The tokenizer; its special tokens are named in the configuration.
  ///   - source: The folder that its files come from. It may be another model's.
  /// - Throws: `RunRecordError` if the disk does not take a file.
  package func write(to folder: String, tokenizer: Tokenizer, from source: String) throws {
    try writeWeights(to: folder)
    try copy(Self.tokenizerFiles, from: source, to: folder)
    try writeFile(try text(of: tokenizer.specialTokenFields), "\(folder)/generation_config.json")
    var fields = configuration.fields
    for member in tokenizer.specialTokenFields.members { fields.set(member.name, to: member.value) }
    try writeFile(try text(of: fields), "\(folder)/config.json")
  }

  private func writeWeights(to folder: String) throws {
    try parameters.write(to: "\(folder)/model.safetensors")
  }

  private func copy(_ names: [String], from source: String, to folder: String) throws {
    for name in names {
      guard let bytes = FileManager.default.contents(atPath: "\(source)/\(name)") else { continue }
      try writeFile(bytes, "\(folder)/\(name)")
    }
  }

  private func text(of fields: JSONObject) throws -> String {
    guard let text = JSONValue.object(fields).text else {
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
  /// `config.json` for a shape that ``ModelPreset`` makes.
  fileprivate var fields: JSONObject {
    switch family {
    case .llama: llamaFields
    case .gpt2: gpt2Fields
    case .mistral, .qwen2, .qwen3:
      preconditionFailure("no preset makes a \(family.rawValue)")
    }
  }
}

extension Tokenizer {
  /// The special tokens as `config.json` and `generation_config.json` name them.
  ///
  /// A token that there is not is null: left out, transformers would put a Llama's in its place.
  fileprivate var specialTokenFields: JSONObject {
    func value(_ id: Int32?) -> JSONValue { id.map { .number(Double($0)) } ?? .null }
    return [
      "bos_token_id": value(beginningOfSequence),
      "eos_token_id": value(endOfSequence),
      "pad_token_id": value(padding),
    ]
  }
}
