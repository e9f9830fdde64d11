import PreferenceData
import Tokenization
import Trainers

/// The rows of a data file whose completions a reward model scores: every row, in the file's order.
struct RewardScoringInput {
  /// A row, and what of it is scored.
  struct Row {
    /// What the row holds.
    enum Content {
      /// A prompt's completions.
      case group(RewardScoring.Group)
      /// Nothing that can be scored, and why.
      case unusable(String)
    }

    let source: SourceLocation
    let content: Content
  }

  let rows: [Row]
  let naming: RewardScoreFile.Naming

  private static let kinds = RecordKind.allCases.filter { $0 != .prompt && $0 != .text }

  /// Reads pairs, rankings, or prompts with a completion or a list of them.
  ///
  /// - Parameters:
  ///   - path: The data file, or a pipe.
  ///   - scoring: Tokenizes.
  ///   - maxLength: Tokens of prompt and completion together; longer rows are not scored.
  /// - Throws: `DataError` or `TrainingError` for rows that cannot be read, or if no row holds
  ///   anything.
  init(path: String, scoring: RewardScoring, maxLength: Int?) throws {
    let scan = try DataScan(path, into: Scanned()) { $0.add($1, scoring, maxLength) }
    if let kind = scan.kind, !Self.kinds.contains(kind) {
      throw DataError.wrongKind(
        path: path, seen: kind, columns: kind.requiredFields, allowed: Self.kinds)
    }
    guard scan.state.malformed.count == 0 else { throw DataError.malformed(scan.state.malformed) }
    if let error = scan.state.error { throw error }
    rows = scan.state.rows
    guard scan.state.dropped.total < rows.count else {
      throw DataError.nothingLeft(paths: [path], dropped: scan.state.dropped)
    }
    naming =
      switch scan.kind?.type {
      case .preference: .pair
      case .ranking, .samples: .list
      default: .single
      }
  }
}

/// What the rows of a file came to.
private struct Scanned {
  var rows: [RewardScoringInput.Row] = []
  var dropped = DroppedRows()
  var malformed = MalformedRows()
  /// The first row that holds messages.
  var error: TrainingError?

  mutating func add(_ row: DataRow, _ scoring: RewardScoring, _ maxLength: Int?) {
    switch row.content {
    case .unusable(let reason): drop(reason, row.source)
    case .malformed(let problems): malformed.add(problems)
    case .record(let record):
      guard let exchange = record.exchange else { return }
      guard let (prompt, completions) = exchange.texts else {
        if error == nil { error = .messages(row.source) }
        return
      }
      let group = scoring.group(prompt: prompt, completions: completions)
      if let maxLength, group.sequences.contains(where: { $0.count > maxLength }) {
        drop(.tooLong, row.source)
      } else {
        rows.append(.init(source: row.source, content: .group(group)))
      }
    }
  }

  private mutating func drop(_ reason: DropReason, _ source: SourceLocation) {
    dropped.add(reason, at: source)
    rows.append(.init(source: source, content: .unusable("\(reason)")))
  }
}

/// A prompt and its completions as a record has them.
private struct JudgedPassages {
  let prompt: Passage
  let completions: [Passage]

  /// As plain text; `nil` for messages.
  var texts: (prompt: String, completions: [String])? {
    guard case .text(let prompt) = prompt else { return nil }
    let texts = completions.compactMap { if case .text(let text) = $0 { text } else { nil } }
    return texts.count == completions.count ? (prompt, texts) : nil
  }
}

extension DataRecord {
  fileprivate var exchange: JudgedPassages? {
    switch self {
    case .preference(let row): .init(prompt: row.prompt, completions: [row.chosen, row.rejected])
    case .ranking(let row): .init(prompt: row.prompt, completions: row.completions)
    case .samples(let row): .init(prompt: row.prompt, completions: row.completions)
    case .demonstration(let row): .init(prompt: row.prompt, completions: [row.completion])
    case .unpaired(let row): .init(prompt: row.prompt, completions: [row.completion])
    case .prompt, .text: nil
    }
  }
}
