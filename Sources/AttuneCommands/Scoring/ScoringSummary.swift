import Trainers

/// What `attune score` has done so far.
struct ScoringSummary {
  private let rows: Int
  private let unusable: [String: Int]
  private let start = ContinuousClock.now
  private var elapsed = Duration.zero
  private var scored = 0
  private var tokens = 0

  /// Nothing is scored yet.
  init(_ input: ScoringInput) {
    rows = input.rows.count
    unusable = input.rows.reduce(into: [:]) { counts, row in
      if case .unusable(let reason) = row.content { counts[reason, default: 0] += 1 }
    }
  }

  /// Counts a row.
  mutating func add(_ scores: [SequenceScoring.Score]) {
    scored += 1
    tokens += scores.reduce(0) { $0 + $1.tokens }
    elapsed = ContinuousClock.now - start
  }

  private var seconds: Double { max(elapsed / .seconds(1), 1e-9) }

  /// How far the work is.
  func progress(of total: Int) -> ProgressSnapshot {
    ProgressSnapshot(
      activity: "scoring", step: scored, total: total,
      rates: [.init(Double(scored) / seconds, "rows"), .init(Double(tokens) / seconds, "tokens")],
      elapsed: elapsed)
  }

  /// Which rows have no score, and why: sentences for standard error.
  var notes: [String] {
    let without = unusable.sorted { $0.key < $1.key }.map { "without a score: \($1) (\($0))" }
    return ["\(scored) of \(rows) rows scored"] + without
  }

  /// The same numbers for programs.
  var report: JSONReport {
    var report = JSONReport()
    report.add("rows", rows)
    report.add("scored", scored)
    report.add("tokens", tokens)
    report.add("seconds", seconds)
    report.add("rows_per_second", Double(scored) / seconds)
    report.add("tokens_per_second", Double(tokens) / seconds)
    return report
  }
}
