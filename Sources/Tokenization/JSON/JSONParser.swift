/// Reads a JSON text once, from front to back, into the nodes of a `JSONDocument`.
struct JSONParser {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private(set) var nodes: [JSONDocument.Node] = []

  /// Deeper nesting than any tokenizer file has; the limit keeps the call stack small.
  private static let depthLimit = 64

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    nodes.reserveCapacity(bytes.count / 10)
  }

  /// Parses exactly one value and the white space around it.
  ///
  /// - Throws: `TokenizerError` with the line and column of the first mistake.
  mutating func parse() throws(TokenizerError) {
    guard bytes.count < Int(UInt32.max) else {
      throw TokenizerError(file: file, message: "is larger than 4 GB.")
    }
    try value(depth: 0)
    skipSpace()
    if position < bytes.count { throw unexpected("the end of the file") }
  }

  private mutating func value(depth: Int) throws(TokenizerError) {
    skipSpace()
    guard position < bytes.count else { throw unexpected("a JSON value") }
    switch bytes[position] {
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "{"): try container(.object, depth: depth)
    case UInt8(ascii: "["): try container(.array, depth: depth)
    case UInt8(ascii: "t"): try literal("true", .yes)
    case UInt8(ascii: "f"): try literal("false", .no)
    case UInt8(ascii: "n"): try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw unexpected("a JSON value")
    }
  }

  private mutating func container(
    _ kind: JSONDocument.Kind, depth: Int
  ) throws(TokenizerError) {
    guard depth < Self.depthLimit else {
      throw mistake("is nested deeper than \(Self.depthLimit) levels.")
    }
    let node = nodes.count
    let close = kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")
    nodes.append(.init(kind: kind, start: UInt32(position), end: 0))
    position += 1
    skipSpace()
    if position < bytes.count, bytes[position] == close {
      position += 1
    } else {
      while true {
        if kind == .object {
          skipSpace()
          guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            throw unexpected("a field name in quotes")
          }
          try string()
          skipSpace()
          guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
            throw unexpected("':'")
          }
          position += 1
        }
        try value(depth: depth + 1)
        skipSpace()
        guard position < bytes.count else { throw unexpected("',' or '\(Character(close))'") }
        position += 1
        if bytes[position - 1] == close { break }
        if bytes[position - 1] != UInt8(ascii: ",") {
          position -= 1
          throw unexpected("',' or '\(Character(close))'")
        }
      }
    }
    nodes[node].end = UInt32(nodes.count)
  }

  private mutating func string() throws(TokenizerError) {
    position += 1
    let start = position
    var kind = JSONDocument.Kind.string
    var isASCII = true
    while true {
      guard position < bytes.count else { throw unexpected("the closing quote of a string") }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { break }
      if byte < 0x20 { throw mistake("a control character in a string must be escaped.") }
      position += 1
      if byte >= 0x80 { isASCII = false }
      if byte == UInt8(ascii: "\\") {
        kind = .escapedString
        try escape()
      }
    }
    if !isASCII, !bytes[start..<position].isValidUTF8 {
      position = start
      throw mistake("a string here is not valid UTF-8.")
    }
    nodes.append(.init(kind: kind, start: UInt32(start), end: UInt32(position)))
    position += 1
  }

  /// Checks what follows a backslash, so that `JSONDocument.appendText` need not.
  private mutating func escape() throws(TokenizerError) {
    guard position < bytes.count else { throw unexpected("an escape") }
    let letter = bytes[position]
    guard letter == UInt8(ascii: "u") else {
      guard "\"\\/bfnrt".utf8.contains(letter) else { throw unexpected("an escape") }
      position += 1
      return
    }
    let first = try hexadecimal()
    if first & 0xF800 == 0xD800 {
      let isPair =
        first < 0xDC00 && position + 1 < bytes.count
        && bytes[position] == UInt8(ascii: "\\") && bytes[position + 1] == UInt8(ascii: "u")
      guard isPair else { throw mistake("half of a surrogate pair stands alone.") }
      position += 1
      guard try hexadecimal() & 0xFC00 == 0xDC00 else {
        throw mistake("half of a surrogate pair stands alone.")
      }
    }
  }

  /// The four digits after `u`, at which `position` stands.
  private mutating func hexadecimal() throws(TokenizerError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      position += 1
      guard position < bytes.count, let digit = Character(bytes[position]).hexDigitValue else {
        throw unexpected("four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    position += 1
    return value
  }

  private mutating func number() throws(TokenizerError) {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let leading = position
    try digits()
    if bytes[leading] == UInt8(ascii: "0"), position > leading + 1 {
      position = leading + 1
      throw mistake("a number may not start with 0.")
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, "+-".utf8.contains(bytes[position]) { position += 1 }
      try digits()
    }
    nodes.append(.init(kind: .number, start: UInt32(start), end: UInt32(position)))
  }

  private mutating func digits() throws(TokenizerError) {
    let start = position
    while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 {
      position += 1
    }
    if position == start { throw unexpected("a digit") }
  }

  private mutating func literal(
    _ word: StaticString, _ kind: JSONDocument.Kind
  ) throws(TokenizerError) {
    let text = word.description.utf8
    guard bytes[position...].starts(with: text) else { throw unexpected("a JSON value") }
    nodes.append(.init(kind: kind, start: UInt32(position), end: UInt32(position + text.count)))
    position += text.count
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position += 1
    }
  }

  private func unexpected(_ expected: String) -> TokenizerError {
    guard position < bytes.count else {
      return mistake("the file ends where \(expected) was expected; is it complete?")
    }
    let seen =
      bytes[position] > 0x20 && bytes[position] < 0x7F
      ? "'\(Character(bytes[position]))'" : "byte \(bytes[position])"
    return mistake("malformed JSON: expected \(expected), saw \(seen).")
  }

  private func mistake(_ message: String) -> TokenizerError {
    let before = bytes[..<position]
    let line = before.count { $0 == 0x0A } + 1
    let column = position - (before.lastIndex(of: 0x0A) ?? -1)
    return TokenizerError(file: file, place: "\(line):\(column)", message: message)
  }
}

extension Character {
  /// The ASCII character of a byte.
  fileprivate init(_ byte: UInt8) {
    self.init(Unicode.Scalar(byte))
  }
}
