extension JSONParser {
  private static let deepestNesting = 256

  /// Calls `body` before each element of the list that comes next.
  mutating func elements(
    _ body: (inout JSONParser) throws(JSONSyntaxError) -> Void
  ) throws(JSONSyntaxError) {
    try enter()
    defer { depth -= 1 }
    if take(UInt8(ascii: "]")) { return }
    while true {
      try body(&self)
      if take(UInt8(ascii: ",")) { continue }
      if take(UInt8(ascii: "]")) { return }
      throw unexpected(allowed: "`,` or `]`")
    }
  }

  /// Calls `body` before each value of the object that comes next, with its key.
  mutating func members(
    _ body: (inout JSONParser, String) throws(JSONSyntaxError) -> Void
  ) throws(JSONSyntaxError) {
    try enter()
    defer { depth -= 1 }
    var names = NameList()
    if take(UInt8(ascii: "}")) { return }
    while true {
      skipWhitespace()
      let start = position
      guard peek == .quote else { throw unexpected(allowed: "a key in double quotes") }
      let name = try string()
      guard names.insert(name) else {
        throw JSONSyntaxError(
          offset: start, seen: "the key \([name].quotedList) a second time",
          allowed: "each key once")
      }
      guard take(UInt8(ascii: ":")) else { throw unexpected(allowed: "`:` after a key") }
      try body(&self, name)
      if take(UInt8(ascii: ",")) { continue }
      if take(UInt8(ascii: "}")) { return }
      throw unexpected(allowed: "`,` or `}`")
    }
  }

  /// Steps over the opening bracket.
  ///
  /// It guards the stack: data is not trusted, and a line of brackets must not crash the program.
  private mutating func enter() throws(JSONSyntaxError) {
    guard depth < Self.deepestNesting else {
      throw unexpected(allowed: "nesting of at most \(Self.deepestNesting) levels")
    }
    depth += 1
    position += 1
  }
}

/// The keys of one object so far. Rows have few, which are compared faster than they are hashed.
private struct NameList {
  private static let longestList = 16

  private var list: [String] = []
  private var set: Set<String> = []

  /// Adds a name, unless it is there.
  mutating func insert(_ name: String) -> Bool {
    if !set.isEmpty { return set.insert(name).inserted }
    if list.contains(name) { return false }
    list.append(name)
    if list.count > Self.longestList { set = Set(list) }
    return true
  }
}
