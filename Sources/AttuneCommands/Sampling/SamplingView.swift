import Foundation
import Sampling

/// The progress of sampling on standard error, and its figures.
final class SamplingView {
  /// Tokens that were sampled.
  private(set) var tokens = 0
  private let completions: Int
  private let unwritten: String?
  private var done = 0
  private let start = ContinuousClock.now
  private var end: ContinuousClock.Instant?
  private let progress = TerminalProgress(
    on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 100)

  /// Nothing is sampled yet.
  ///
  /// - Parameters:
  ///   - completions: How many there will be.
  ///   - unwritten: The file that is not there if the work is stopped.
  init(completions: Int, unwritten: String?) {
    self.completions = completions
    self.unwritten = unwritten
  }

  /// Seconds from the start to the end, or so far.
  var seconds: Double { ((end ?? .now) - start) / .seconds(1) }

  /// Counts, and stops where a signal has asked for it.
  func count(_ event: SamplingEvent) throws {
    switch event {
    case .token: tokens += 1
    case .finished(let done, _): self.done = done
    }
    guard let signal = Interruption.requested else { return }
    progress.clear()
    throw Failure(
      signal.exitStatus,
      unwritten.map { "stopped after \(done) of \(completions) completions; \($0) was not written" }
        ?? "stopped after \(tokens) tokens")
  }

  /// Counts, and shows how far it is.
  func show(_ event: SamplingEvent) throws {
    try count(event)
    guard case .finished = event else { return }
    let elapsed = ContinuousClock.now - start
    progress.update(
      ProgressSnapshot(
        activity: "generating", step: done, total: completions,
        rates: [
          .init(Double(done) / max(seconds, 1e-9), "completions"),
          .init(Double(tokens) / max(seconds, 1e-9), "tokens"),
        ], elapsed: elapsed), at: .now)
  }

  /// Ends the progress line, and the time.
  func finish() {
    progress.finish()
    end = .now
  }
}
