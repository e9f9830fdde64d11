/// A parsed JSON text, kept as one flat list of nodes over the original bytes.
///
/// A vocabulary of 128,000 tokens with its merges is about a million JSON values. Held as a tree
/// of Swift strings and dictionaries they cost a million allocations; here a value is twelve bytes
/// in one array, and strings stay where they are in the text until somebody asks for them.
final class JSONDocument: Sendable {
  /// What a node is, and whether its text needs work before use.
  enum Kind: UInt8, Sendable {
    case null, yes, no, number, string, escapedString, array, object
  }

  /// One value. Nodes lie in the order of the text, each container before its contents.
  struct Node: Sendable {
    let kind: Kind
    /// Where the value's text begins (after the quote of a string).
    let start: UInt32
    /// Text: where it ends (before the quote). Containers: the node after the last one inside.
    var end: UInt32
  }

  let file: String
  let bytes: [UInt8]
  let nodes: [Node]

  /// Parses a whole JSON text (RFC 8259).
  ///
  /// - Parameters:
  ///   - bytes: The text, UTF-8.
  ///   - file: The name that errors carry.
  /// - Throws: `TokenizerError` with line and column of the first mistake.
  init(bytes: [UInt8], file: String) throws(TokenizerError) {
    var parser = JSONParser(bytes: bytes, file: file)
    try parser.parse()
    self.file = file
    self.bytes = bytes
    self.nodes = parser.nodes
  }

  /// The node that follows a value and everything in it.
  func following(_ node: Int) -> Int {
    switch nodes[node].kind {
    case .array, .object: Int(nodes[node].end)
    default: node + 1
    }
  }

  /// Appends the UTF-8 of a string node, with its escapes resolved.
  ///
  /// - Parameters:
  ///   - node: A node of kind `string` or `escapedString`.
  ///   - output: Receives the bytes.
  func appendText(of node: Int, to output: inout [UInt8]) {
    let (start, end) = (Int(nodes[node].start), Int(nodes[node].end))
    guard nodes[node].kind == .escapedString else {
      output.append(contentsOf: bytes[start..<end])
      return
    }
    var index = start
    while index < end {
      guard bytes[index] == UInt8(ascii: "\\") else {
        output.append(bytes[index])
        index += 1
        continue
      }
      index += 2
      switch bytes[index - 1] {
      case UInt8(ascii: "b"): output.append(8)
      case UInt8(ascii: "f"): output.append(12)
      case UInt8(ascii: "n"): output.append(10)
      case UInt8(ascii: "r"): output.append(13)
      case UInt8(ascii: "t"): output.append(9)
      case UInt8(ascii: "u"):
        var value = hexadecimal(at: index)
        index += 4
        if value & 0xFC00 == 0xD800 {
          value = 0x10000 + (value & 0x3FF) << 10 + hexadecimal(at: index + 2) & 0x3FF
          index += 6
        }
        output.appendUTF8(of: value)
      case let other: output.append(other)
      }
    }
  }

  /// Whether a node exists and is a string.
  func isText(_ node: Int) -> Bool {
    node < nodes.count && (nodes[node].kind == .string || nodes[node].kind == .escapedString)
  }

  /// A string node as a Swift string.
  func text(of node: Int) -> String {
    var text: [UInt8] = []
    appendText(of: node, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// A number node as an integer, when it is one.
  func integer(of node: Int) -> Int? {
    guard nodes[node].kind == .number else { return nil }
    var value = 0
    var digits = bytes[Int(nodes[node].start)..<Int(nodes[node].end)]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    for digit in digits {
      guard digit >= 0x30, digit <= 0x39, value < 1 << 55 else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return isNegative ? -value : value
  }

  /// The value of four hexadecimal digits, which the parser has checked.
  private func hexadecimal(at index: Int) -> UInt32 {
    bytes[index..<index + 4].reduce(0) { value, digit in
      value << 4 | UInt32(digit & 0x40 == 0 ? digit - 0x30 : (digit | 0x20) - 0x57)
    }
  }
}
