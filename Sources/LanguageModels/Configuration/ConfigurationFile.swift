internal import PreferenceData

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension TransformerConfiguration {
  /// Reads a model directory's `config.json`.
  ///
  /// - Parameter directory: A model directory in the Hugging Face layout.
  /// - Throws: ``ModelError`` if the file is missing, malformed, or asks for what Attune does not
  ///   compute: an unknown architecture, activation, rotary scaling or quantization.
  public init(directory: String) throws(ModelError) {
    let file = try ConfigurationFile(path: "\(directory)/config.json")
    let family = try file.architecture().family
    switch family {
    case .llama, .mistral, .qwen2, .qwen3:
      self = try file.decoded(LlamaFields.self).configuration(family, file)
    case .gpt2:
      self = try file.decoded(GPT2Fields.self).configuration(file)
    }
  }
}

/// A `config.json`, and what every family asks of it.
struct ConfigurationFile {
  private let path: String
  private let bytes: Data

  init(path: String) throws(ModelError) {
    self.path = path
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw .configuration(
        path: path, problem: "cannot be read; name a model directory in the Hugging Face layout")
    }
    self.bytes = bytes
    // The decoder reports a number that does not fit as it does malformed text.
    guard case .object? = JSONValue(parsing: [UInt8](bytes)) else {
      throw refused("is not a JSON object")
    }
  }

  /// The error that says what is wrong with the file.
  func refused(_ problem: String) -> ModelError { .configuration(path: path, problem: problem) }

  /// The fields that a family's file has.
  func decoded<Fields: Decodable>(_ type: Fields.Type) throws(ModelError) -> Fields {
    do {
      return try JSONDecoder().decode(type, from: bytes)
    } catch {
      throw refused(sentence(for: error))
    }
  }

  /// The family that computes the checkpoint, and what its network ends in.
  func architecture() throws(ModelError) -> (family: ModelFamily, task: ModelTask) {
    struct Fields: Decodable {
      struct Anything: Decodable {
        init(from decoder: any Decoder) {}
      }
      var architectures: [String]?
      var quantization_config: Anything?
    }
    let fields = try decoded(Fields.self)
    let names = ModelFamily.allCases.map(\.rawValue).joined(separator: ", ")
    guard let name = fields.architectures?.first else {
      throw refused("names no architecture; Attune knows \(names)")
    }
    guard let known = ModelFamily.named(name) else {
      throw refused("architecture '\(name)' is unknown; Attune knows \(names)")
    }
    if fields.quantization_config != nil {
      throw refused("the weights are quantized; use the unquantized checkpoint")
    }
    return known
  }

  /// No transformer is that wide, and products of two sizes stay far from overflowing.
  static let largest = 1 << 20

  /// Checks sizes by the names of their fields.
  func check(_ sizes: KeyValuePairs<String, Int>) throws(ModelError) {
    for (key, size) in sizes {
      if size < 1 { throw refused("\(key) is \(size), below 1") }
      if size > Self.largest { throw refused("\(key) is \(size), above \(Self.largest)") }
    }
  }
}

private func sentence(for error: any Error) -> String {
  func field(_ context: DecodingError.Context) -> String? {
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? nil : path
  }
  switch error as? DecodingError {
  case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
    guard let field = field(context) else { return "is not a JSON object" }
    return "'\(field)' is not \(words(for: type))"
  case .keyNotFound(let key, _):
    return "lacks '\(key.stringValue)'"
  case .dataCorrupted:
    return "holds a fraction, or a number too large, where a whole number belongs"
  case nil: return "cannot be understood: \(error)"
  @unknown default: return "cannot be understood: \(error)"
  }
}

private func words(for type: any Any.Type) -> String {
  switch type {
  case is Int.Type: "a whole number"
  case is Double.Type: "a number"
  case is Bool.Type: "true or false"
  case is String.Type: "text"
  case is [String].Type, is [Any].Type: "a list"
  default: "an object"
  }
}
