import Foundation
import PreferenceData
import Trainers

/// `attune score --reward-model`: the scores of all completions of a file.
struct RewardScoringSession {
  let input: RewardScoringInput
  let scoring: RewardScoring
  let reading: RewardReading

  /// Scores and writes.
  ///
  /// - Parameters:
  ///   - out: The file's name, for messages.
  ///   - file: The open file.
  /// - Returns: What was done, for programs.
  /// - Throws: `Failure` if a signal stopped it; `DataError` if the file cannot be written.
  func run(_ out: String, to file: consuming JSONLinesWriter) throws -> JSONReport {
    let scorable = input.rows.indices.filter { input.rows[$0].group != nil }
    let start = ContinuousClock.now
    let progress = TerminalProgress(
      on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 100)
    Interruption.listen()
    // Rows without a score are few, and results small: they are put in order at the end.
    var results: [Int: [RewardScoring.Score]] = [:]
    try scoring.score(scorable.compactMap { input.rows[$0].group }) { range, scores in
      for (row, scores) in zip(scorable[range], scores) { results[row] = scores }
      let elapsed = ContinuousClock.now - start
      let seconds = max(elapsed / .seconds(1), 1e-9)
      progress.update(
        ProgressSnapshot(
          activity: "scoring", step: range.upperBound, total: scorable.count,
          rates: [.init(Double(range.upperBound) / seconds, "rows")], elapsed: elapsed),
        at: .now)
      if let signal = Interruption.requested {
        progress.clear()
        throw Failure(
          signal.exitStatus,
          "stopped after \(range.upperBound) of \(scorable.count) rows; \(out) was not written")
      }
    }
    progress.finish()
    for (index, row) in input.rows.enumerated() {
      try file.write(result(row, results[index]))
    }
    try file.commit()
    return report(results, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func result(
    _ row: RewardScoringInput.Row, _ scores: [RewardScoring.Score]?
  ) -> JSONObject {
    var result: JSONObject = ["line": .number(Double(row.source.line))]
    switch input.naming {
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
    if case .unusable(let reason) = row.content { result.set("reason", to: .string(reason)) }
    return result
  }

  private func report(_ results: [Int: [RewardScoring.Score]], seconds: Double) -> JSONReport {
    StandardStream.error.writeLine(
      "attune: \(results.count) of \(input.rows.count) rows scored")
    var report = JSONReport()
    report.add("rows", input.rows.count)
    report.add("scored", results.count)
    if input.naming == .pair {
      let agreeing = results.values.count { $0[0].value > $0[1].value }
      report.add("accuracy", Double(agreeing) / Double(max(1, results.count)))
    }
    report.add("seconds", seconds)
    report.add("rows_per_second", Double(results.count) / max(seconds, 1e-9))
    return report
  }
}

extension RewardScoringInput.Row {
  /// What is scored, where there is anything.
  fileprivate var group: RewardScoring.Group? {
    switch content {
    case .group(let group): group
    case .unusable: nil
    }
  }
}
