import PreferenceData
import Trainers

/// The output of `attune score --reward-model`: one row for each row of the input, in its order.
struct RewardScoreFile {
  /// How the results of a row are named.
  enum Naming {
    /// `score`.
    case single
    /// `chosen_score` and `rejected_score`.
    case pair
    /// `scores`, a list.
    case list
  }

  /// A row of the input, and what came of it.
  struct Row {
    let source: SourceLocation
    /// One score a completion; `nil` where there was nothing to score.
    var scores: [RewardScoring.Score]?
    /// Why there was nothing to score.
    var reason: String?
  }

  let naming: Naming
  let reading: RewardReading

  /// Writes all rows and gives the file its name.
  ///
  /// - Parameters:
  ///   - rows: The rows in the order of the input.
  ///   - file: The open file.
  ///   - seconds: How long scoring took.
  /// - Returns: What was done, for programs.
  /// - Throws: `DataError` if the file cannot be written.
  func write(
    _ rows: [Row], to file: consuming JSONLinesWriter, seconds: Double
  ) throws(DataError) -> JSONReport {
    for row in rows { try file.write(result(of: row)) }
    try file.commit()
    return report(rows, seconds: seconds)
  }

  private func result(of row: Row) -> JSONObject {
    let scores = row.scores
    var result: JSONObject = ["line": .number(Double(row.source.line))]
    switch naming {
    case .single: reading.add(scores?[0], prefix: "", to: &result)
    case .pair:
      reading.add(scores?[0], prefix: "chosen_", to: &result)
      reading.add(scores?[1], prefix: "rejected_", to: &result)
    case .list:
      result.set("scores", to: scores.map { .array($0.map(reading.value)) } ?? .null)
      if reading.hasVariance {
        result.set("variances", to: scores.map { .array($0.map(reading.variance)) } ?? .null)
      }
    }
    if let reason = row.reason { result.set("reason", to: .string(reason)) }
    return result
  }

  private func report(_ rows: [Row], seconds: Double) -> JSONReport {
    let scored = rows.compactMap(\.scores)
    StandardStream.error.writeLine("attune: \(scored.count) of \(rows.count) rows scored")
    let reasons = Dictionary(grouping: rows.compactMap(\.reason)) { $0 }
    for (reason, rows) in reasons.sorted(by: { $0.key < $1.key }) {
      StandardStream.error.writeLine("attune: without a score: \(rows.count) (\(reason))")
    }
    var report = JSONReport()
    report.add("rows", rows.count)
    report.add("scored", scored.count)
    if naming == .pair {
      let agreeing = scored.count { reading.number($0[0]) > reading.number($0[1]) }
      report.add("accuracy", Double(agreeing) / Double(max(1, scored.count)))
    }
    report.add("seconds", seconds)
    report.add("rows_per_second", Double(scored.count) / max(seconds, 1e-9))
    return report
  }
}
