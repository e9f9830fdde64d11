/// A strict JSON reader over bytes (RFC 8259) that goes on where it left off, so that a list can be
/// read element by element with the line of each.
///
/// Why not Foundation's: it accepts a repeated key and keeps one of the two values, loses the place
/// of an element within a list, and boxes Booleans as numbers; for training data each of these
/// hides a mistake.
struct JSONParser {
  let bytes: [UInt8]
  let end: Int
  var position: Int
  var depth = 0

  /// A parser of `bytes[range]`.
  init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    self.position = range.lowerBound
    self.end = range.upperBound
  }

  /// The one value that the whole range holds.
  static func value(of bytes: [UInt8], in range: Range<Int>) throws(JSONSyntaxError) -> JSONValue {
    var parser = JSONParser(bytes, in: range)
    let value = try parser.value()
    try parser.expectEnd()
    return value
  }

  /// Nothing but white space may follow.
  mutating func expectEnd() throws(JSONSyntaxError) {
    skipWhitespace()
    guard peek == nil else { throw unexpected(allowed: "nothing after the end of the value") }
  }

  /// The byte to read next, nil at the end.
  var peek: UInt8? { position < end ? bytes[position] : nil }

  mutating func skipWhitespace() {
    while position < end {
      guard bytes[position].isJSONWhitespace else { return }
      position += 1
    }
  }

  /// Steps over that byte if it comes next, white space aside.
  mutating func take(_ byte: UInt8) -> Bool {
    skipWhitespace()
    guard peek == byte else { return false }
    position += 1
    return true
  }

  mutating func value() throws(JSONSyntaxError) -> JSONValue {
    skipWhitespace()
    switch peek {
    case UInt8(ascii: "\""):
      return .string(try string())
    case UInt8(ascii: "{"):
      var members: [JSONObject.Member] = []
      try self.members { parser, name throws(JSONSyntaxError) in
        members.append(JSONObject.Member(name: name, value: try parser.value()))
      }
      return .object(JSONObject(members: members))
    case UInt8(ascii: "["):
      var values: [JSONValue] = []
      try elements { parser throws(JSONSyntaxError) in values.append(try parser.value()) }
      return .array(values)
    case UInt8(ascii: "t"):
      return try literal("true", .boolean(true))
    case UInt8(ascii: "f"):
      return try literal("false", .boolean(false))
    case UInt8(ascii: "n"):
      return try literal("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || byte.isDigit:
      return .number(try number())
    default:
      throw unexpected(allowed: "a JSON value")
    }
  }

  func unexpected(allowed: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: position, seen: seen(at: position), allowed: allowed)
  }

  private func seen(at index: Int) -> String {
    guard index < end else { return "the end" }
    for word in ["NaN", "Infinity", "-Infinity", "None", "True", "False"]
    where bytes[index..<end].starts(with: word.utf8) { return "`\(word)`" }
    switch bytes[index] {
    case 0x21...0x7E: return "`\(Character(UnicodeScalar(bytes[index])))`"
    case .space: return "a space"
    case .lineFeed, .carriageReturn: return "the end of the line"
    default: return "the byte 0x\(String(bytes[index], radix: 16))"
    }
  }

  private mutating func literal(
    _ word: String, _ value: JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    guard bytes[position..<end].starts(with: word.utf8) else {
      throw unexpected(allowed: "a JSON value")
    }
    position += word.utf8.count
    return value
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isJSONWhitespace: Bool {
    self == .space || self == .lineFeed || self == .carriageReturn || self == .tab
  }

  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
}
