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
  ///   messages in it, one error that tells of all of them.
  public init(_ field: String, of path: String) throws(DataError) {
    let initial = (texts: [Passage](), malformed: MalformedRows())
    // Which kind of record the other columns make up does not matter: any will do.
    let content = try TablePass(path, fields: .columns([field]), into: initial) { _ in
      nil
    } add: {
      content, row, _ in
      let text = RowReading(row, as: .text, of: [.text]) { fields, _ in
        fields.passage(field).map { .record($0) } ?? .malformed
      }
      switch text.outcome {
      case .record(let passage): content.texts.append(passage)
      case .unusable, .malformed: content.malformed.add(text.problems)
      }
    }.state
    guard content.malformed.count == 0 else { throw .malformed(content.malformed) }
    texts = content.texts
  }
}
