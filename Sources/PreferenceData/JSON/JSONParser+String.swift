extension JSONParser {
  /// The string whose opening quote comes next.
  mutating func string() throws(JSONSyntaxError) -> String {
    position += 1
    let start = position
    skipPlainCharacters()
    if peek == .quote {
      // Nearly every string has no escape before its end: it is decoded from where it stands.
      defer { position += 1 }
      return try decoded(bytes[start..<position], from: start)
    }
    var unescaped: [UInt8] = []
    var runStart = start
    while true {
      unescaped.append(contentsOf: bytes[runStart..<position])
      switch peek {
      case UInt8.quote:
        defer { position += 1 }
        return try decoded(unescaped[...], from: start)
      case UInt8.backslash:
        try appendEscape(to: &unescaped)
      case nil:
        throw unexpected(allowed: "`\"` at the end of a text")
      default:
        throw unexpected(allowed: "an escape such as \\n: raw control characters are not JSON")
      }
      runStart = position
      skipPlainCharacters()
    }
  }

  /// Steps to the next quote, backslash or control character, or to the end.
  private mutating func skipPlainCharacters() {
    var index = position
    bytes.withUnsafeBufferPointer { bytes in
      while index < end {
        let byte = bytes[index]
        if byte == .quote || byte == .backslash || byte < 0x20 { break }
        index += 1
      }
    }
    position = index
  }

  private func decoded(
    _ slice: ArraySlice<UInt8>, from start: Int
  ) throws(JSONSyntaxError) -> String {
    if let text = slice.withUnsafeBufferPointer({ String(validating: $0, as: UTF8.self) }) {
      return text
    }
    let raw = bytes[start..<position]
    let offset = start + (raw.firstInvalidUTF8 ?? 0)
    throw JSONSyntaxError(
      offset: offset, seen: "the byte 0x\(String(bytes[offset], radix: 16)), which is not UTF-8",
      allowed: "text in UTF-8")
  }

  private mutating func appendEscape(to text: inout [UInt8]) throws(JSONSyntaxError) {
    let start = position
    position += 1
    let plain: UInt8
    switch peek {
    case UInt8(ascii: "n"): plain = .lineFeed
    case UInt8(ascii: "t"): plain = .tab
    case UInt8(ascii: "r"): plain = .carriageReturn
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0C
    case UInt8.quote, UInt8.backslash, UInt8(ascii: "/"): plain = bytes[position]
    case UInt8(ascii: "u"):
      position += 1
      let scalar = try unicodeEscape(from: start)
      text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
      return
    default:
      throw unexpected(allowed: #"one of " \ / b f n r t u after a backslash"#)
    }
    text.append(plain)
    position += 1
  }

  /// The scalar of `\uXXXX`, or of two of them that make a surrogate pair.
  private mutating func unicodeEscape(from start: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try hexadecimalUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if UTF16.isLeadSurrogate(first), peek == .backslash, position + 1 < end,
      bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      let second = try hexadecimalUnit()
      if UTF16.isTrailSurrogate(second) {
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
      }
    }
    throw JSONSyntaxError(
      offset: start, seen: "half of a surrogate pair (\\u\(String(first, radix: 16)))",
      allowed: "whole characters: a high and then a low surrogate")
  }

  private mutating func hexadecimalUnit() throws(JSONSyntaxError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
        throw unexpected(allowed: "four hexadecimal digits after \\u")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}

extension Sequence where Element == UInt8 {
  /// Index, counted from the first element, of the first byte that is not part of well-formed
  /// UTF-8.
  var firstInvalidUTF8: Int? {
    var decoder = UTF8()
    var bytes = makeIterator()
    var offset = 0
    while true {
      switch decoder.decode(&bytes) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }
}
