extension JSONParser {
  /// The number that comes next: `-`? digits without a leading zero, then perhaps a fraction and an
  /// exponent.
  mutating func number() throws(JSONSyntaxError) -> Double {
    let start = position
    if peek == UInt8(ascii: "-") { position += 1 }
    if peek == UInt8(ascii: "0") {
      position += 1
    } else {
      try digits()
    }
    if peek == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    let literal = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(literal), value.isFinite else {
      throw JSONSyntaxError(
        offset: start, seen: "the number \(literal.excerpt)",
        allowed: "a number within Double's range")
    }
    return value
  }

  private mutating func digits() throws(JSONSyntaxError) {
    let start = position
    while peek?.isDigit == true { position += 1 }
    guard position > start else { throw unexpected(allowed: "a digit") }
  }
}
