/// A file that is one JSON list of objects.
struct JSONArrayReader: RowReader {
  /// What is to come.
  private enum Stage {
    case firstElement
    case comma
    case nothing
  }

  /// No token that the end of the window can cut in two is longer: `\ud83d\ude00`, `-Infinity`.
  private static let longestToken = 16

  private let path: String
  private let fields: FieldSelection
  private var window: ByteWindow
  private var position: Int
  private var lines = LineCounter()
  private var stage = Stage.firstElement

  /// The list whose opening bracket stands before `start`.
  init(_ window: ByteWindow, from start: Int, path: String, fields: FieldSelection) {
    self.window = window
    self.path = path
    self.fields = fields
    position = start
  }

  mutating func next() throws(DataError) -> ScannedRow? {
    while true {
      let error: JSONSyntaxError
      do throws(JSONSyntaxError) {
        return try element()
      } catch let caught {
        error = caught
      }
      if window.isLast || error.offset + Self.longestToken <= window.bytes.count {
        return damage(error)
      }
      lines.moveOrigin(to: position, in: window.bytes)
      try window.readOn(from: position)
      position = 0
    }
  }

  /// The element that comes next, nil after the last. Where this throws, nothing has been taken.
  private mutating func element() throws(JSONSyntaxError) -> ScannedRow? {
    var parser = JSONParser(window.bytes, in: position..<window.bytes.count)
    switch stage {
    case .nothing:
      return nil
    case .firstElement:
      if parser.take(UInt8(ascii: "]")) { return try end(&parser) }
    case .comma:
      if parser.take(UInt8(ascii: "]")) { return try end(&parser) }
      guard parser.take(UInt8(ascii: ",")) else { throw parser.unexpected(allowed: "`,` or `]`") }
    }
    parser.skipWhitespace()
    let start = parser.position
    let element = try parser.row(fields)
    // A number could go on behind the window.
    if parser.peek == nil, !window.isLast { throw parser.unexpected(allowed: "`,` or `]`") }
    position = parser.position
    stage = .comma
    let source = SourceLocation(file: path, line: lines.place(of: start, in: window.bytes).line)
    switch element {
    case .row(let fields, let others):
      return .row(Row(source: source, fields: fields, otherColumns: others))
    case .other(let seen):
      return .problem(
        at: source, seen: seen, allowed: "a list of JSON objects",
        remedy: "make each element an object with named fields")
    }
  }

  /// Makes sure that the list is all there is.
  private mutating func end(_ parser: inout JSONParser) throws(JSONSyntaxError) -> ScannedRow? {
    parser.skipWhitespace()
    guard parser.peek == nil, window.isLast else {
      throw parser.unexpected(allowed: "nothing after the list")
    }
    stage = .nothing
    return nil
  }

  /// Where the syntax is broken nobody knows where the next element starts: the rest is not read.
  private mutating func damage(_ error: JSONSyntaxError) -> ScannedRow {
    stage = .nothing
    let place = lines.place(of: error.offset, in: window.bytes)
    return .problem(
      at: SourceLocation(file: path, line: place.line),
      seen: "\(error.seen) at byte \(place.column)", allowed: error.allowed,
      remedy: "correct the JSON here; what follows was not read")
  }
}
