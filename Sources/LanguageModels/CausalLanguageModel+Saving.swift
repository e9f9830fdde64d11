internal import PreferenceData
package import Tokenization

extension CausalLanguageModel {
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
    try CompanionFiles.copyTokenizer(from: source, to: folder)
    try CompanionFiles.copy(["generation_config.json"], from: source, to: folder)
    try CompanionFiles.write(
      configuration: CompanionFiles.configuration(of: source), to: folder)
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
    try CompanionFiles.copyTokenizer(from: source, to: folder)
    try CompanionFiles.write(
      tokenizer.specialTokenFields, to: "\(folder)/generation_config.json")
    var fields = configuration.fields
    for member in tokenizer.specialTokenFields.members { fields.set(member.name, to: member.value) }
    try CompanionFiles.write(fields, to: "\(folder)/config.json")
  }

  private func writeWeights(to folder: String) throws {
    try parameters.write(to: "\(folder)/model.safetensors")
  }
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
