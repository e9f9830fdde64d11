extension [UInt8] {
  /// Appends the UTF-8 of a code point (not a surrogate).
  @inline(__always)
  mutating func appendUTF8(of scalar: UInt32) {
    switch scalar {
    case 0..<0x80:
      append(UInt8(scalar))
    case 0x80..<0x800:
      append(UInt8(0xC0 | scalar >> 6))
      append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      append(UInt8(0xE0 | scalar >> 12))
      append(UInt8(0x80 | scalar >> 6 & 0x3F))
      append(UInt8(0x80 | scalar & 0x3F))
    default:
      append(UInt8(0xF0 | scalar >> 18))
      append(UInt8(0x80 | scalar >> 12 & 0x3F))
      append(UInt8(0x80 | scalar >> 6 & 0x3F))
      append(UInt8(0x80 | scalar & 0x3F))
    }
  }

  /// The code point that starts at an index of valid UTF-8, and how many bytes it takes.
  @inline(__always)
  func scalar(at index: Int) -> (value: UInt32, width: Int) {
    let lead = UInt32(self[index])
    if lead < 0x80 { return (lead, 1) }
    let second = UInt32(self[index + 1]) & 0x3F
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, 2) }
    let third = UInt32(self[index + 2]) & 0x3F
    if lead < 0xF0 { return ((lead & 0xF) << 12 | second << 6 | third, 3) }
    return ((lead & 7) << 18 | second << 12 | third << 6 | UInt32(self[index + 3]) & 0x3F, 4)
  }

  /// Where the code point starts that ends just before an index of valid UTF-8.
  @inline(__always)
  func scalarStart(before index: Int) -> Int {
    var start = index - 1
    while self[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }
}

extension Collection<UInt8> {
  /// Whether the bytes are well-formed UTF-8.
  var isValidUTF8: Bool {
    var decoder = UTF8()
    var bytes = makeIterator()
    while true {
      switch decoder.decode(&bytes) {
      case .scalarValue: continue
      case .emptyInput: return true
      case .error: return false
      }
    }
  }
}
