internal import PreferenceData
internal import RunRecords

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What lies beside a model's weights and is handed on with them.
enum CompanionFiles {
  /// Files that belong to a tokenizer and are handed on unchanged.
  private static let tokenizerFiles = [
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
    "vocab.json", "merges.txt", "chat_template.jinja",
  ]

  /// Copies a tokenizer.
  static func copyTokenizer(from source: String, to folder: String) throws {
    try copy(tokenizerFiles, from: source, to: folder)
  }

  /// Copies those of some files that are there.
  static func copy(_ names: [String], from source: String, to folder: String) throws {
    for name in names {
      guard let bytes = FileManager.default.contents(atPath: "\(source)/\(name)") else { continue }
      try AtomicFile.write(bytes, to: "\(folder)/\(name)")
    }
  }

  /// The fields of a model directory's `config.json`.
  static func configuration(of source: String) throws(ModelError) -> JSONObject {
    guard
      case .object(let fields)? = FileManager.default
        .contents(atPath: "\(source)/config.json")
        .flatMap({ JSONValue(parsing: [UInt8]($0)) })
    else {
      throw .configuration(path: "\(source)/config.json", problem: "is not a JSON object")
    }
    return fields
  }

  /// Writes the `config.json` of weights in float32.
  static func write(configuration fields: JSONObject, to folder: String) throws {
    var fields = fields
    // The older name is changed too where it is used, for its readers.
    let names = ["dtype", "torch_dtype"].filter { fields[$0] != nil }
    for name in names.isEmpty ? ["dtype"] : names { fields.set(name, to: .string("float32")) }
    try write(fields, to: "\(folder)/config.json")
  }

  /// Writes a JSON object.
  static func write(_ fields: JSONObject, to path: String) throws {
    guard let text = JSONValue.object(fields).text else {
      preconditionFailure("a configuration holds finite numbers alone")
    }
    try AtomicFile.write(text + "\n", to: path)
  }
}
