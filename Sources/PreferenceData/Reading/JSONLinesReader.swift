/// One JSON object a line. Blank lines are skipped; lines end with LF or CRLF.
struct JSONLinesReader: RowReader {
  private let path: String
  private let fields: FieldSelection
  private var window: ByteWindow
  private var position: Int
  private var line = 1

  /// The lines from `start` on.
  init(_ window: ByteWindow, from start: Int, path: String, fields: FieldSelection) {
    self.window = window
    self.path = path
    self.fields = fields
    position = start
  }

  mutating func next() throws(DataError) -> ScannedRow? {
    while let range = try nextLine() {
      defer { line += 1 }
      let isBlank = window.bytes[range].allSatisfy(\.isJSONWhitespace)
      if !isBlank { return row(in: range) }
    }
    return nil
  }

  /// Where the next line stands in the window, without its line feed.
  private mutating func nextLine() throws(DataError) -> Range<Int>? {
    var searched = position
    while true {
      if let end = window.bytes[searched...].firstIndex(of: .lineFeed) {
        defer { position = end + 1 }
        return position..<end
      }
      if window.isLast { break }
      searched = window.bytes.count - position
      try window.readOn(from: position)
      position = 0
    }
    defer { position = window.bytes.count }
    return position < window.bytes.count ? position..<window.bytes.count : nil
  }

  private func row(in range: Range<Int>) -> ScannedRow {
    Self.row(
      window.bytes, in: range, at: SourceLocation(file: path, line: line), keeping: fields)
  }

  /// What a line holds.
  static func row(
    _ bytes: [UInt8], in range: Range<Int>, at source: SourceLocation,
    keeping fields: FieldSelection
  ) -> ScannedRow {
    do throws(JSONSyntaxError) {
      var parser = JSONParser(bytes, in: range)
      let element = try parser.row(fields)
      try parser.expectEnd()
      switch element {
      case .row(let fields, let others):
        return .row(Row(source: source, fields: fields, otherColumns: others))
      case .other(let seen):
        return .problem(
          at: source, seen: seen, allowed: "one JSON object a line",
          remedy: "write each row as an object with named fields")
      }
    } catch {
      return .problem(
        at: source, seen: "\(error.seen) at byte \(error.offset - range.lowerBound + 1)",
        allowed: error.allowed, remedy: "correct the JSON of this line")
    }
  }
}
