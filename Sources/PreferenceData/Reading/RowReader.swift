/// Reads a file's rows one after the other, whatever they come in.
protocol RowReader {
  /// The next row, or why there is none where one should be; nil at the end.
  ///
  /// - Throws: ``DataError`` where the file is not readable or damaged.
  mutating func next() throws(DataError) -> ScannedRow?
}

/// What a reader of rows comes upon.
enum ScannedRow {
  case row(Row)
  case problem(RowProblem)
}

extension ScannedRow {
  /// A problem with a row as a whole.
  static func problem(
    at source: SourceLocation, seen: String, allowed: String, remedy: String
  ) -> ScannedRow {
    .problem(
      RowProblem(source: source, field: nil, seen: seen, allowed: allowed, remedy: remedy))
  }
}
