/// One column of a file, whatever else is in it: every row counts, the empty ones too.
public struct TextColumn: Sendable, Hashable {
  /// The texts in order, one a row.
  public let texts: [Passage]

  /// Reads a column.
  ///
  /// - Parameters:
  ///   - field: The column's name.
  ///   - path: A file that ends in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  /// - Throws: ``DataError``; for rows without the field, or with something else than text or
  ///   messages in it, one error that holds all of them.
  public init(_ field: String, of path: String) throws(DataError) {
    let table = try DataFormat.table(at: path)
    var texts: [Passage] = []
    var problems = table.problems
    for row in table.rows {
      var decoder = RowDecoder(row)
      if let text = decoder.passage(field) { texts.append(text) }
      problems += decoder.problems
    }
    guard problems.isEmpty else {
      throw .malformed(problems.sorted { $0.source.line < $1.source.line })
    }
    self.texts = texts
  }
}
