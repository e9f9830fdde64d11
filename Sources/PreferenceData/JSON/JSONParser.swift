/// A strict JSON reader over bytes (RFC 8259) that goes on where it left off, so that a list can be
/// read element by element with the line of each.
///
/// Why not Foundation's: it accepts a repeated key and keeps one of the two values, loses the place
/// of an element within a list, and boxes Booleans as numbers; for training data each of these
/// hides a mistake.
struct JSONParser {
  private static let deepestNesting = 256

  let bytes: [UInt8]
  let end: Int
  var position: Int
  private var depth = 0

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
    parser.skipWhitespace()
    guard parser.peek == nil else {
      throw parser.unexpected(allowed: "nothing after the end of the value")
    }
    return value
  }

  /// The byte to read next, nil at the end.
  var peek: UInt8? { position < end ? bytes[position] : nil }

  mutating func skipWhitespace() {
    while position < end {
      switch bytes[position] {
      case .space, .tab, .lineFeed, .carriageReturn: position += 1
      default: return
      }
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
      return .object(try nested { parser throws(JSONSyntaxError) in try parser.object() })
    case UInt8(ascii: "["):
      return .array(try nested { parser throws(JSONSyntaxError) in try parser.array() })
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

  /// Guards the stack: data is not trusted, and a line of brackets must not crash the program.
  private mutating func nested<Value>(
    _ body: (inout JSONParser) throws(JSONSyntaxError) -> Value
  ) throws(JSONSyntaxError) -> Value {
    guard depth < Self.deepestNesting else {
      throw unexpected(allowed: "nesting of at most \(Self.deepestNesting) levels")
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func array() throws(JSONSyntaxError) -> [JSONValue] {
    position += 1
    var values: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return values }
    while true {
      values.append(try value())
      if take(UInt8(ascii: ",")) { continue }
      if take(UInt8(ascii: "]")) { return values }
      throw unexpected(allowed: "`,` or `]`")
    }
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONObject {
    position += 1
    var members: [JSONObject.Member] = []
    var names: Set<String> = []
    if take(UInt8(ascii: "}")) { return JSONObject(members: members) }
    while true {
      skipWhitespace()
      let start = position
      guard peek == UInt8(ascii: "\"") else { throw unexpected(allowed: "a key in double quotes") }
      let name = try string()
      guard names.insert(name).inserted else {
        throw JSONSyntaxError(
          offset: start, seen: "the key `\(name)` a second time", allowed: "each key once")
      }
      guard take(UInt8(ascii: ":")) else { throw unexpected(allowed: "`:` after a key") }
      members.append(JSONObject.Member(name: name, value: try value()))
      if take(UInt8(ascii: ",")) { continue }
      if take(UInt8(ascii: "}")) { return JSONObject(members: members) }
      throw unexpected(allowed: "`,` or `}`")
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

  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
}
