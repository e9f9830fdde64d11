#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Which tokens begin, end and pad a sequence, by name.
///
/// `tokenizer_config.json` says it; where it is silent or absent, the older
/// `special_tokens_map.json`. Each name is a string or an object with `content`.
struct SpecialTokenNames {
  /// A name, and where it stands for the error that it is not in the vocabulary.
  struct Name {
    let content: String
    let field: JSONField
  }

  let beginningOfSequence: Name?
  let endOfSequence: Name?
  let padding: Name?

  /// Reads the two files, as far as they are there.
  ///
  /// - Parameter directory: The model directory.
  /// - Throws: `TokenizerError` for malformed JSON or a name of another type.
  init(directory: String) throws(TokenizerError) {
    var files: [JSONField] = []
    for name in ["tokenizer_config.json", "special_tokens_map.json"] {
      let path = directory + "/" + name
      guard FileManager.default.fileExists(atPath: path) else { continue }
      files.append(JSONField(root: try JSONDocument(contentsOf: path)))
    }
    beginningOfSequence = try Self.name("bos_token", files)
    endOfSequence = try Self.name("eos_token", files)
    padding = try Self.name("pad_token", files)
  }

  private static func name(
    _ key: String, _ files: [JSONField]
  ) throws(TokenizerError) -> Name? {
    for file in files {
      guard let field = try file.optional(key) else { continue }
      if field.isObject {
        let content = try field.required("content")
        return Name(content: try content.string(), field: content)
      }
      return Name(content: try field.string(), field: field)
    }
    return nil
  }
}
