/// One JSON object a line. Blank lines are skipped; lines end with LF or CRLF.
enum JSONLinesReader {
  static func table(of bytes: [UInt8], from start: Int, path: String) -> Table {
    var table = Table(path: path)
    var line = 1
    var lineStart = start
    while lineStart < bytes.count {
      let lineEnd = bytes[lineStart...].firstIndex(of: .lineFeed) ?? bytes.count
      read(bytes, in: lineStart..<lineEnd, line: line, into: &table)
      lineStart = lineEnd + 1
      line += 1
    }
    return table
  }

  private static func read(
    _ bytes: [UInt8], in range: Range<Int>, line: Int, into table: inout Table
  ) {
    let isBlank = bytes[range].allSatisfy { $0 == .space || $0 == .tab || $0 == .carriageReturn }
    if isBlank { return }
    do throws(JSONSyntaxError) {
      let value = try JSONParser.value(of: bytes, in: range)
      guard case .object(let fields) = value else {
        return table.addProblem(
          line: line, seen: value.summary, allowed: "one JSON object a line",
          remedy: "name the file .json if all of it is one JSON list")
      }
      table.add(fields, line: line)
    } catch {
      table.addProblem(
        line: line, seen: "\(error.seen) at byte \(error.offset - range.lowerBound + 1)",
        allowed: error.allowed, remedy: "correct the JSON of this line")
    }
  }
}
