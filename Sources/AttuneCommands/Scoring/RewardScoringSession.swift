import Foundation
import PreferenceData
import Trainers

/// `attune score --reward-model` on text: the scores of all completions of a file.
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
    let start = ContinuousClock.now
    let progress = TerminalProgress(
      on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 100)
    Interruption.listen()
    // Rows without a score are few, and results small: they are put in order at the end.
    var rows = input.rows.map {
      RewardScoreFile.Row(source: $0.source, scores: nil, reason: $0.reason)
    }
    let scorable = input.rows.indices.filter { input.rows[$0].group != nil }
    try scoring.score(scorable.compactMap { input.rows[$0].group }) { range, scores in
      for (row, scores) in zip(scorable[range], scores) { rows[row].scores = scores }
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
    return try RewardScoreFile(naming: input.naming, reading: reading)
      .write(rows, to: file, seconds: (ContinuousClock.now - start) / .seconds(1))
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

  /// Why nothing is.
  fileprivate var reason: String? {
    switch content {
    case .group: nil
    case .unusable(let reason): reason
    }
  }
}
