import PreferenceData
import Tokenization
import Trainers

/// The rows of a data file as token ids, ready to be scored: every row of the file, in its order.
struct ScoringInput {
  /// What the names of a row's values begin with, one for each of its sequences.
  let sides: [String]
  /// The rows in the order of the file.
  let rows: [ScoringRow]

  private static let pairSides = ["chosen_", "rejected_"]

  /// Reads pairs, prompts with completions, or texts.
  ///
  /// - Parameters:
  ///   - path: The data file, or a pipe.
  ///   - tokenizer: The model's tokenizer.
  ///   - directory: The model directory.
  ///   - maxLength: Tokens of a sequence; what is beyond is cut off.
  /// - Throws: `DataError` or `TrainingError` for rows that cannot be read, or if no row holds
  ///   anything.
  init(path: String, tokenizer: Tokenizer, directory: String, maxLength: Int?) throws {
    let rules = try ScoringTokenization(
      tokenizer: tokenizer, directory: directory, maxLength: maxLength)
    let scan = try DataScan(path, into: ScannedRows()) { $0.add($1, by: rules) }
    let kinds = RecordKind.allCases.filter { ![.ranking, .samples, .prompt].contains($0) }
    if let kind = scan.kind, !kinds.contains(kind) {
      throw DataError.wrongKind(
        path: path, seen: kind, columns: kind.requiredFields, allowed: kinds)
    }
    guard scan.state.malformed.count == 0 else { throw DataError.malformed(scan.state.malformed) }
    if let error = scan.state.error { throw error }
    rows = scan.state.rows
    guard scan.state.dropped.total < rows.count else {
      throw DataError.nothingLeft(paths: [path], dropped: scan.state.dropped)
    }
    sides = scan.kind?.type == .preference ? Self.pairSides : [""]
  }
}

/// What the rows of a file came to.
private struct ScannedRows {
  private(set) var rows: [ScoringRow] = []
  /// The rows among them that hold no judgment or no text.
  private(set) var dropped = DroppedRows()
  private(set) var malformed = MalformedRows()
  /// The first error of tokenization.
  private(set) var error: TrainingError?

  mutating func add(_ row: DataRow, by rules: ScoringTokenization) {
    switch row.content {
    case .record(let record):
      do throws(TrainingError) {
        let content = try rules.content(of: record)
        rows.append(ScoringRow(source: row.source, content: content))
      } catch {
        if self.error == nil { self.error = error }
      }
    case .unusable(let reason):
      dropped.add(reason, at: row.source)
      rows.append(ScoringRow(source: row.source, content: .unusable("\(reason)")))
    case .malformed(let problems):
      malformed.add(problems)
    }
  }
}
