import Foundation
import PreferenceData

/// The rows of a data file, ready to be judged: every row of the file, in its order.
struct JudgingInput {
  /// What the names of a row's values begin with, one for each of its completions.
  let sides: [String]
  /// The rows in the order of the file.
  let rows: [JudgingRow]

  private static let pairSides = ["gold_chosen_", "gold_rejected_"]

  /// Reads completions of any records, or lists of sampled ones.
  ///
  /// - Parameter path: The data file.
  /// - Throws: `DataError` where rows cannot be read, or none holds a completion.
  init(path: String) throws {
    if let rows = Self.sampledLists(path: path) {
      self.rows = rows
      sides = ["gold_"]
      return
    }
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

  /// The rows of plain JSON Lines in which some `completion` is a list of texts, as a sampler
  /// writes several completions of a prompt; nil for any other file.
  private static func sampledLists(path: String) -> [JudgingRow]? {
    guard path.hasSuffix(".jsonl"), let bytes = FileManager.default.contents(atPath: path)
    else { return nil }
    var rows: [JudgingRow] = []
    var hasList = false
    let lines = [UInt8](bytes).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      guard case .object(let row)? = JSONValue(parsing: Array(line)),
        case .string(let prompt)? = row["prompt"]
      else { return nil }
      switch row["completion"] {
      case .string(let completion)?:
        rows.append(JudgingRow(line: index + 1, prompt: prompt, content: .sides([completion])))
      case .array(let values)?:
        let completions = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
        guard completions.count == values.count else { return nil }
        hasList = true
        rows.append(
          JudgingRow(
            line: index + 1, prompt: prompt,
            content: completions.isEmpty ? .unusable("no completion") : .list(completions)))
      case .null?, nil:
        // Pairs and rankings are records, and read as such.
        guard ["chosen", "response_A", "completions"].allSatisfy({ row[$0] == nil }) else {
          return nil
        }
        rows.append(
          JudgingRow(line: index + 1, prompt: prompt, content: .unusable("no completion")))
      default: return nil
      }
    }
    return hasList ? rows : nil
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
