/// GPT-2's renaming of bytes to printable characters, in which vocabularies are written.
///
/// Printable Latin-1 characters stand for themselves; the 68 other bytes, in order, are the
/// characters from U+0100 on: a space is `Ġ`, a line feed `Ċ`.
enum ByteAlphabet {
  /// The character of each byte, as a code point.
  static let characters: [UInt32] = {
    var next: UInt32 = 0x100
    return (0..<256).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF:
        return UInt32(byte)
      default:
        next += 1
        return next - 1
      }
    }
  }()

  /// The byte of each character below U+0144, or -1.
  private static let bytes: [Int16] = {
    var bytes = [Int16](repeating: -1, count: 0x144)
    for (byte, character) in characters.enumerated() { bytes[Int(character)] = Int16(byte) }
    return bytes
  }()

  /// The bytes that a token of the alphabet's characters stands for.
  ///
  /// - Parameter token: Valid UTF-8.
  /// - Returns: nil when a character is none of the alphabet's.
  static func bytes(of token: some Collection<UInt8>) -> [UInt8]? {
    var output: [UInt8] = []
    output.reserveCapacity(token.count)
    var lead: UInt32 = 0
    for unit in token {
      var character = UInt32(unit)
      if unit >= 0xC0 {
        guard unit < 0xE0 else { return nil }
        lead = character & 0x1F
        continue
      }
      if unit >= 0x80 { character = lead << 6 | character & 0x3F }
      guard character < bytes.count, bytes[Int(character)] >= 0 else { return nil }
      output.append(UInt8(bytes[Int(character)]))
    }
    return output
  }
}
