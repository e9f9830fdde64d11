/// How the texts of tokens become a text again: the `decoder` of `tokenizer.json`.
enum TokenDecoder: Sendable {
  /// No decoder: the tokens as they are, with a space between.
  case spaced
  /// So many `ByteLevel` in a row, each undoing the renaming of bytes. One is usual.
  case byteLevel(rounds: Int)

  /// Reads a `decoder`.
  ///
  /// - Parameter field: The JSON object.
  /// - Throws: `TokenizerError` for a type that is not supported.
  init(_ field: JSONField) throws(TokenizerError) {
    self = .byteLevel(rounds: try Self.rounds(field))
  }

  private static func rounds(_ field: JSONField) throws(TokenizerError) -> Int {
    let type = try field.required("type")
    switch try type.string() {
    case "ByteLevel":
      try field.allowOnly("type", "add_prefix_space", "trim_offsets", "use_regex")
      return 1
    case "Sequence":
      try field.allowOnly("type", "decoders")
      var sum = 0
      for step in try field.required("decoders").elements() { sum += try rounds(step) }
      return sum
    default:
      throw type.error(
        "the decoder \(try type.string()) is not supported; supported are ByteLevel and Sequence.")
    }
  }

  /// The text of tokens. Bytes that are not UTF-8 become U+FFFD.
  ///
  /// - Parameter tokens: The tokens' own texts, as the vocabulary spells them.
  /// - Returns: The text.
  func decode(_ tokens: some Sequence<ArraySlice<UInt8>>) -> String {
    String(decoding: bytes(of: tokens), as: UTF8.self)
  }

  /// The bytes of tokens, which may be part of a character only.
  func bytes(of tokens: some Sequence<ArraySlice<UInt8>>) -> [UInt8] {
    var text: [UInt8] = []
    switch self {
    case .spaced:
      for (index, token) in tokens.enumerated() {
        if index > 0 { text.append(UInt8(ascii: " ")) }
        text += token
      }
    case .byteLevel(let rounds):
      for token in tokens {
        // A token with characters outside of the alphabet, such as a space, stands for itself.
        if rounds > 0, let bytes = ByteAlphabet.bytes(of: token) {
          text += bytes
        } else {
          text += token
        }
      }
      for _ in 1..<max(1, rounds) {
        let again = Array(String(decoding: text, as: UTF8.self).utf8)
        text = ByteAlphabet.bytes(of: again) ?? again
      }
    }
    return text
  }
}
