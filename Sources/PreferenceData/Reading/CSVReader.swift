/// Comma-separated values (RFC 4180): a header, then one record a row; a cell in quotes may hold
/// commas, line ends and `""`.
///
/// It works on bytes and keeps every one of a cell's. SwiftCSV 0.10 works on characters: it strips
/// the space with which completions often begin, does not see a comma before a combining mark, and
/// takes a quote that is never closed for the rest of the file.
struct CSVReader {
  private let bytes: [UInt8]
  private var position: Int
  private var line = 1
  private var table: Table

  /// All rows below the header. A blank line is skipped.
  static func table(of bytes: [UInt8], from start: Int, path: String) -> Table {
    var reader = CSVReader(bytes: bytes, position: start, table: Table(path: path))
    reader.readAll()
    return reader.table
  }

  private init(bytes: [UInt8], position: Int, table: Table) {
    self.bytes = bytes
    self.position = position
    self.table = table
  }

  private mutating func readAll() {
    guard let header = nextHeader() else { return }
    while let start = nextLine() {
      guard let cells = record(startingAt: start) else { continue }
      guard cells.count == header.count else {
        table.addProblem(
          line: start, seen: cells.count == 1 ? "1 cell" : "\(cells.count) cells",
          allowed: "\(header.count), as in the header",
          remedy: "put cells that hold commas or line ends in double quotes")
        continue
      }
      let members = zip(header, cells).map {
        JSONObject.Member(name: $0, value: CSVCell.value(of: $1, column: $0))
      }
      table.add(JSONObject(members: members), line: start)
    }
  }

  private mutating func nextHeader() -> [String]? {
    guard let start = nextLine(), let cells = record(startingAt: start) else { return nil }
    let header = cells.map { $0.trimmingSpaces }
    guard Set(header).count == header.count else {
      table.addProblem(
        line: start, seen: "a header with a name twice: \(header.joined(separator: ", "))",
        allowed: "each name once", remedy: "rename or remove one of the columns")
      return nil
    }
    return header
  }

  /// Skips blank lines.
  ///
  /// - Returns: The line of the next record, nil at the end.
  private mutating func nextLine() -> Int? {
    while position < bytes.count, takeLineEnd() {}
    return position < bytes.count ? line : nil
  }

  private mutating func takeLineEnd() -> Bool {
    if bytes[position] == .lineFeed {
      position += 1
    } else if bytes[position...].starts(with: [.carriageReturn, .lineFeed]) {
      position += 2
    } else {
      return false
    }
    line += 1
    return true
  }

  /// The cells up to the end of the record, or nil and a problem.
  private mutating func record(startingAt start: Int) -> [String]? {
    var cells: [String] = []
    var isUTF8 = true
    while true {
      guard let cell = cell(ofRecordAt: start) else { return nil }
      let text = String(validating: cell, as: UTF8.self)
      isUTF8 = isUTF8 && text != nil
      cells.append(text ?? "")
      if position < bytes.count, bytes[position] == .comma {
        position += 1
      } else if position == bytes.count || takeLineEnd() {
        break
      }
    }
    if isUTF8 { return cells }
    table.addProblem(
      line: start, seen: "bytes that are not UTF-8", allowed: "text in UTF-8",
      remedy: "save the file as UTF-8")
    return nil
  }

  /// The bytes of one cell, up to its comma or line end.
  private mutating func cell(ofRecordAt start: Int) -> ArraySlice<UInt8>? {
    guard position < bytes.count, bytes[position] == .quote else {
      let cellStart = position
      while position < bytes.count, bytes[position] != .comma, !isAtLineEnd { position += 1 }
      return bytes[cellStart..<position]
    }
    position += 1
    var cell: ArraySlice<UInt8> = []
    while let end = bytes[position...].firstIndex(of: .quote) {
      cell += bytes[position..<end]
      line += bytes[position..<end].count { $0 == .lineFeed }
      position = end + 1
      guard position < bytes.count, bytes[position] == .quote else {
        return closed(cell, recordStart: start)
      }
      cell.append(.quote)
      position += 1
    }
    position = bytes.count
    table.addProblem(
      line: start, seen: "a quote that is never closed", allowed: "`\"` at the end of the cell",
      remedy: "close the quote, and double quotes that belong to the text")
    return nil
  }

  private mutating func closed(_ cell: ArraySlice<UInt8>, recordStart: Int) -> ArraySlice<UInt8>? {
    if position == bytes.count || bytes[position] == .comma || isAtLineEnd { return cell }
    table.addProblem(
      line: recordStart, seen: "text after the closing quote of a cell",
      allowed: "a comma or the end of the line",
      remedy: "double the quotes that belong to the text")
    // The next line is the likeliest place where a record starts.
    position = bytes[position...].firstIndex(of: .lineFeed) ?? bytes.count
    return nil
  }

  private var isAtLineEnd: Bool {
    bytes[position] == .lineFeed
      || bytes[position] == .carriageReturn && position + 1 < bytes.count
        && bytes[position + 1] == .lineFeed
  }
}

extension UInt8 {
  fileprivate static let comma = UInt8(ascii: ",")
}

extension String {
  fileprivate var trimmingSpaces: String {
    let trimmed = drop(while: \.isWhitespace)
    return String(trimmed.reversed().drop(while: \.isWhitespace).reversed())
  }
}
