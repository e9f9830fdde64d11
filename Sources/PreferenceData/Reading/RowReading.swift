/// A row, taken for a record of some kind.
struct RowReading<Record> {
  let source: SourceLocation
  let outcome: RowOutcome<Record>
  /// Why the row is malformed; empty where it is not.
  let problems: [RowProblem]
  /// Whether some text of the row is a list of messages.
  let hasMessages: Bool
  /// The fields that were kept; none where there is no row.
  let fields: JSONObject

  /// Takes a row for a record.
  ///
  /// - Parameters:
  ///   - scanned: A row, or why there is none.
  ///   - kind: What its file holds; nil where its columns say nothing.
  ///   - types: What the file could have held.
  ///   - decode: Takes the record out of the row.
  init(
    _ scanned: ScannedRow, as kind: RecordKind?, of types: [RecordType],
    decode: (inout RowDecoder, RecordKind) -> RowOutcome<Record>
  ) {
    if case .row(let row) = scanned { fields = row.fields } else { fields = [:] }
    switch (scanned, kind) {
    case (.problem(let problem), _):
      (source, outcome, problems, hasMessages) = (problem.source, .malformed, [problem], false)
    case (.row(let row), nil):
      let problem = Self.unknownShape(row, types)
      (source, outcome, problems, hasMessages) = (row.source, .malformed, [problem], false)
    case (.row(let row), let kind?):
      var decoder = RowDecoder(row)
      outcome = decode(&decoder, kind)
      (source, problems, hasMessages) = (row.source, decoder.problems, decoder.hasMessages)
    }
  }

  private static func unknownShape(_ row: Row, _ types: [RecordType]) -> RowProblem {
    let columns = row.columns.quotedList
    return RowProblem(
      source: row.source, field: nil,
      seen: columns.isEmpty ? "no fields" : "the fields \(columns)",
      allowed: types.flatMap(\.kinds).map(\.summary).joined(separator: ", or "),
      remedy: "rename the fields")
  }
}
