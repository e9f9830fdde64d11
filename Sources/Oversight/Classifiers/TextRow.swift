public import PreferenceData

/// A row of a file with a text to be classified.
public struct TextRow: Sendable, Hashable {
  /// The text: with a prompt, this and the completion. `nil` where there is none.
  public let text: String?
  /// Why there is none.
  public let reason: DropReason?
  /// Where the row stood.
  public let source: SourceLocation

  /// Reads texts, prompts, and prompts with completions, every row of a file.
  ///
  /// - Parameter path: A file that ends in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  /// - Returns: The rows in order, of which one at least has a text.
  /// - Throws: `DataError`; for malformed rows one error that tells of all of them.
  public static func read(_ path: String) throws(DataError) -> [TextRow] {
    let scan = try DataScan(path, into: TextRows()) { $0.add($1) }
    let types: [RecordType] = [.text, .prompt, .demonstration, .unpaired]
    if let kind = scan.kind, !types.contains(kind.type) {
      throw .wrongKind(
        path: path, seen: kind, columns: kind.requiredFields, allowed: types.flatMap(\.kinds))
    }
    guard scan.state.malformed.count == 0 else { throw .malformed(scan.state.malformed) }
    guard scan.state.rows.contains(where: { $0.text != nil }) else {
      throw .nothingLeft(paths: [path], dropped: scan.state.dropped)
    }
    return scan.state.rows
  }

  fileprivate init(_ text: String?, reason: DropReason? = nil, source: SourceLocation) {
    (self.text, self.reason, self.source) = (text, reason, source)
  }
}

/// What a file came to.
private struct TextRows {
  private(set) var rows: [TextRow] = []
  private(set) var dropped = DroppedRows()
  private(set) var malformed = MalformedRows()

  mutating func add(_ row: DataRow) {
    switch row.content {
    case .record(let record): rows.append(TextRow(Self.text(of: record), source: row.source))
    case .unusable(let reason):
      dropped.add(reason, at: row.source)
      rows.append(TextRow(nil, reason: reason, source: row.source))
    case .malformed(let problems): malformed.add(problems)
    }
  }

  private static func text(of record: DataRecord) -> String? {
    switch record {
    case .text(let document): document.text.dialogue
    case .prompt(let prompt): prompt.prompt.dialogue
    case .demonstration(let row): row.prompt.dialogue + row.completion.dialogue
    case .unpaired(let row): row.prompt.dialogue + row.completion.dialogue
    case .preference, .ranking, .samples: nil
    }
  }
}
