import PreferenceData

/// The rows of a data file, ready to be judged: every row of the file, in its order.
struct JudgingInput {
  /// What the names of a row's values begin with, one for each of its completions.
  let sides: [String]
  /// The rows in the order of the file.
  let rows: [JudgingRow]

  private static let pairSides = ["gold_chosen_", "gold_rejected_"]

  /// Reads completions of any records.
  ///
  /// - Parameter path: The data file.
  /// - Throws: `DataError` where rows cannot be read, or none holds a completion.
  init(path: String) throws {
    let scan = try DataScan(path, into: ScannedRows()) { $0.add($1) }
    let kinds = RecordKind.allCases.filter { $0 != .prompt }
    if let kind = scan.kind, !kinds.contains(kind) {
      throw DataError.wrongKind(
        path: path, seen: kind, columns: kind.requiredFields, allowed: kinds)
    }
    guard scan.state.malformed.count == 0 else { throw DataError.malformed(scan.state.malformed) }
    rows = scan.state.rows
    guard scan.state.dropped.total < rows.count else {
      throw DataError.nothingLeft(paths: [path], dropped: scan.state.dropped)
    }
    sides = scan.kind?.type == .preference ? Self.pairSides : ["gold_"]
  }
}

/// What the rows of a file came to.
private struct ScannedRows {
  private(set) var rows: [JudgingRow] = []
  /// The rows among them that hold no completion.
  private(set) var dropped = DroppedRows()
  private(set) var malformed = MalformedRows()

  mutating func add(_ row: DataRow) {
    switch row.content {
    case .record(let record): rows.append(JudgingRow(record, line: row.source.line))
    case .unusable(let reason):
      dropped.add(reason, at: row.source)
      rows.append(
        JudgingRow(line: row.source.line, prompt: "", content: .unusable("\(reason)")))
    case .malformed(let problems): malformed.add(problems)
    }
  }
}
