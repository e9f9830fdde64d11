import Foundation
import Pipelines

/// Shows on standard error how far an evaluation is, and stops it when it is asked to.
final class EvaluationView {
  private let progress = TerminalProgress(
    on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 1000)
  private var activity: String?
  private var start = ContinuousClock.now
  /// When progress was last told: where the next activity begins.
  private var last = ContinuousClock.now

  /// A view that listens for signals.
  init() { Interruption.listen() }

  /// Shows progress.
  ///
  /// - Parameters:
  ///   - state: How far the work is.
  ///   - tokens: Tokens so far, for a rate.
  /// - Throws: ``Failure`` when somebody has asked to stop.
  func show(_ state: RewardEvaluation.Progress, tokens: Int? = nil) throws(Failure) {
    let now = ContinuousClock.now
    if state.activity != activity {
      activity = state.activity
      start = last
    }
    last = now
    let elapsed = now - start
    let seconds = max(elapsed / .seconds(1), 1e-9)
    var rates = [ProgressSnapshot.Rate(Double(state.done) / seconds, "rows")]
    if let tokens { rates.append(.init(Double(tokens) / seconds, "tokens")) }
    progress.update(
      ProgressSnapshot(
        activity: state.activity, step: state.done, total: state.total, rates: rates,
        elapsed: elapsed),
      at: now)
    if let signal = Interruption.requested {
      progress.clear()
      throw Failure(
        signal.exitStatus,
        "stopped while \(state.activity), after \(state.done) of \(state.total) rows; "
          + "nothing was written")
    }
  }

  /// Leaves the last state on the screen.
  func finish() { progress.finish() }

  /// Writes a sentence.
  func note(_ sentence: String) { progress.print("attune: \(sentence)") }
}
