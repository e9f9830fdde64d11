/// Reads rows whose fields are those of another module, such as the lines of a log, by the same rules as
/// records: every malformed row is told of, with its file and line.
package enum ForeignRows {
  /// Reads files one after the other.
  ///
  /// - Parameters:
  ///   - paths: Files that end in `.jsonl` or `.json`, perhaps with `.gz`.
  ///   - decode: Takes what a row stands for; what it notes as a problem makes the row malformed.
  /// - Returns: What the rows stand for, in order.
  /// - Throws: ``DataError``; for malformed rows one error that tells of all of them.
  package static func read<Value>(
    _ paths: [String], decode: (inout RowDecoder) -> [Value]
  ) throws(DataError) -> [Value] {
    var (values, malformed): ([Value], MalformedRows) = ([], MalformedRows())
    for path in paths {
      let pass = try TablePass(path, fields: .all, into: ([Value](), MalformedRows())) { _ in
        nil
      } add: { state, row, _ in
        let (found, problems) = self.values(of: row, decode: decode)
        if problems.isEmpty { state.0 += found } else { state.1.add(problems) }
      }
      values += pass.state.0
      malformed.merge(pass.state.1)
    }
    guard malformed.count == 0 else { throw .malformed(malformed) }
    return values
  }

  /// Reads one line of a file that grows.
  ///
  /// - Parameters:
  ///   - line: The line, without its line feed.
  ///   - source: Where it stands.
  ///   - decode: Takes what the row stands for.
  /// - Returns: What it stands for, or what is wrong with it.
  package static func read<Value>(
    line: [UInt8], at source: SourceLocation, decode: (inout RowDecoder) -> [Value]
  ) -> (values: [Value], problems: [RowProblem]) {
    values(
      of: JSONLinesReader.row(line, in: line.indices, at: source, keeping: .all), decode: decode)
  }

  private static func values<Value>(
    of row: ScannedRow, decode: (inout RowDecoder) -> [Value]
  ) -> (values: [Value], problems: [RowProblem]) {
    switch row {
    case .problem(let problem): return ([], [problem])
    case .row(let row):
      var fields = RowDecoder(row)
      let values = decode(&fields)
      return fields.problems.isEmpty ? (values, []) : ([], fields.problems)
    }
  }
}
