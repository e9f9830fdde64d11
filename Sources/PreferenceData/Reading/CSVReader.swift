/// Comma-separated values: a header, then one record a row. A blank line is skipped.
struct CSVReader: RowReader {
  private typealias Fault = CSVParser.Fault

  private let path: String
  private let fields: FieldSelection
  private var window: ByteWindow
  private var position: Int
  private var line = 1
  private var header: [String] = []
  private var isEnded = false

  /// The table that begins at `start`.
  init(_ window: ByteWindow, from start: Int, path: String, fields: FieldSelection) {
    self.window = window
    self.path = path
    self.fields = fields
    position = start
  }

  mutating func next() throws(DataError) -> ScannedRow? {
    while !isEnded, let (start, cells) = try record() {
      let source = SourceLocation(file: path, line: start)
      do throws(Fault) {
        guard !header.isEmpty else {
          header = try names(in: try cells.get())
          continue
        }
        return .row(try row(of: try cells.get(), at: source))
      } catch {
        // Without a header nothing can be read.
        isEnded = header.isEmpty
        return .problem(
          at: source, seen: error.seen, allowed: error.allowed, remedy: error.remedy)
      }
    }
    return nil
  }

  /// The line and the cells of the next record, nil at the end.
  private mutating func record() throws(DataError) -> (line: Int, cells: Result<[String], Fault>)? {
    while true {
      var parser = CSVParser(window.bytes, from: position, line: line)
      parser.skipBlankLines()
      let start = parser.line
      let isEmpty = parser.isAtEnd
      let cells = Result { () throws(Fault) in try parser.record() }
      guard parser.isAtEnd, !window.isLast else {
        (position, line) = (parser.position, parser.line)
        return isEmpty ? nil : (start, cells)
      }
      // What ends with the window may go on behind it.
      try window.readOn(from: position)
      position = 0
    }
  }

  private func names(in cells: [String]) throws(Fault) -> [String] {
    let names = cells.map(\.trimmingSpaces)
    guard Set(names).count == names.count else {
      throw Fault(
        seen: "a header with a name twice: \(names.joined(separator: ", "))",
        allowed: "each name once", remedy: "rename or remove one of the columns")
    }
    return names
  }

  private func row(of cells: [String], at source: SourceLocation) throws(Fault) -> Row {
    guard cells.count == header.count else {
      throw Fault(
        seen: cells.count == 1 ? "1 cell" : "\(cells.count) cells",
        allowed: "\(header.count), as in the header",
        remedy: "put cells that hold commas or line ends in double quotes")
    }
    var members: [JSONObject.Member] = []
    var others: [String] = []
    for (name, cell) in zip(header, cells) {
      if fields.contains(name) {
        members.append(.init(name: name, value: CSVCell.value(of: cell, column: name)))
      } else {
        others.append(name)
      }
    }
    return Row(source: source, fields: JSONObject(members: members), otherColumns: others)
  }
}

extension String {
  /// The text without blanks and line ends around it.
  var trimmingSpaces: String {
    let trimmed = drop(while: \.isWhitespace)
    return String(trimmed.reversed().drop(while: \.isWhitespace).reversed())
  }
}
