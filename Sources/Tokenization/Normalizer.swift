/// A step that rewrites text before it is cut: a `normalizer` of `tokenizer.json`.
indirect enum Normalizer: Sendable {
  case unicode(NormalizationForm)
  /// Each code point's full lower-case mapping, without regard to context (so no final sigma).
  case lowercase
  /// Puts a text in front of every text that is not empty.
  case prepend([UInt8])
  /// Replaces every occurrence of a literal, from the left, without overlap.
  case replace([UInt8], by: [UInt8])
  case sequence([Normalizer])

  /// Reads a `normalizer`.
  ///
  /// - Parameter field: The JSON object.
  /// - Throws: `TokenizerError` for a type or an option that is not supported.
  init(_ field: JSONField) throws(TokenizerError) {
    let type = try field.required("type")
    switch try type.string() {
    case "NFC":
      try field.allowOnly("type")
      self = .unicode(.canonicalComposition)
    case "NFKC":
      try field.allowOnly("type")
      self = .unicode(.compatibilityComposition)
    case "Lowercase":
      try field.allowOnly("type")
      self = .lowercase
    case "Prepend":
      try field.allowOnly("type", "prepend")
      self = .prepend(Array(try field.required("prepend").string().utf8))
    case "Replace":
      try field.allowOnly("type", "pattern", "content")
      let pattern = try field.required("pattern")
      guard let literal = try pattern.optional("String") else {
        throw pattern.error(
          "a normalizer replaces literals alone: {\"String\": …}; regular expressions are not "
            + "supported here.")
      }
      try pattern.allowOnly("String")
      let text = Array(try literal.string().utf8)
      if text.isEmpty { throw literal.error("must not be empty.") }
      self = .replace(text, by: Array(try field.required("content").string().utf8))
    case "Sequence":
      try field.allowOnly("type", "normalizers")
      var steps: [Normalizer] = []
      for step in try field.required("normalizers").elements() {
        steps.append(try Normalizer(step))
      }
      self = .sequence(steps)
    default:
      throw type.error(
        "the normalizer \(try type.string()) is not supported; supported are NFC, NFKC, "
          + "Lowercase, Prepend, Replace and Sequence.")
    }
  }

  /// The rewritten text.
  ///
  /// - Parameter text: Valid UTF-8, without the added tokens that are matched before normalizing.
  /// - Returns: Valid UTF-8.
  func normalize(_ text: [UInt8]) -> [UInt8] {
    switch self {
    case .unicode(let form): form.normalize(text)
    case .lowercase: Self.lowercase(text)
    case .prepend(let prefix): text.isEmpty ? text : prefix + text
    case .replace(let pattern, let content): Self.replace(pattern, by: content, in: text)
    case .sequence(let steps): steps.reduce(text) { $1.normalize($0) }
    }
  }

  private static func lowercase(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        output.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        index += 1
        continue
      }
      let (scalar, width) = text.scalar(at: index)
      if let mapping = Unicode.Scalar(scalar)?.properties.lowercaseMapping {
        output.append(contentsOf: mapping.utf8)
      }
      index += width
    }
    return output
  }

  private static func replace(
    _ pattern: [UInt8], by content: [UInt8], in text: [UInt8]
  ) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      if text[index] == pattern[0], text[index...].starts(with: pattern) {
        output += content
        index += pattern.count
      } else {
        output.append(text[index])
        index += 1
      }
    }
    return output
  }
}
