/// A file that is one JSON list of objects. A file called `.json` that holds an object a line, as
/// some tools write it, is read as such.
enum JSONArrayReader {
  static func table(of bytes: [UInt8], from start: Int, path: String) -> Table {
    var parser = JSONParser(bytes, in: start..<bytes.count)
    guard parser.take(UInt8(ascii: "[")) else {
      return JSONLinesReader.table(of: bytes, from: start, path: path)
    }
    var table = Table(path: path)
    var lines = LineCounter(bytes: bytes)
    do throws(JSONSyntaxError) {
      try readElements(of: &parser, lines: &lines, into: &table)
    } catch {
      // Where the syntax is broken nobody knows where the next element starts: the rest is not
      // read.
      table.addProblem(
        line: lines.line(at: error.offset),
        seen: "\(error.seen) at byte \(lines.column(at: error.offset))", allowed: error.allowed,
        remedy: "correct the JSON here; what follows was not read")
    }
    return table
  }

  private static func readElements(
    of parser: inout JSONParser, lines: inout LineCounter, into table: inout Table
  ) throws(JSONSyntaxError) {
    if !parser.take(UInt8(ascii: "]")) {
      repeat {
        parser.skipWhitespace()
        let line = lines.line(at: parser.position)
        let value = try parser.value()
        if case .object(let fields) = value {
          table.add(fields, line: line)
        } else {
          table.addProblem(
            line: line, seen: value.summary, allowed: "a list of JSON objects",
            remedy: "make each element an object with named fields")
        }
      } while parser.take(UInt8(ascii: ","))
      guard parser.take(UInt8(ascii: "]")) else { throw parser.unexpected(allowed: "`,` or `]`") }
    }
    parser.skipWhitespace()
    guard parser.peek == nil else { throw parser.unexpected(allowed: "nothing after the list") }
  }
}

/// Turns growing byte offsets into lines, each byte looked at once.
private struct LineCounter {
  let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var lineStart = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The byte's place in its line, counted from 1.
  mutating func column(at offset: Int) -> Int {
    _ = line(at: offset)
    return offset - lineStart + 1
  }

  mutating func line(at offset: Int) -> Int {
    while position < min(offset, bytes.count) {
      position += 1
      if bytes[position - 1] == .lineFeed {
        line += 1
        lineStart = position
      }
    }
    return line
  }
}
