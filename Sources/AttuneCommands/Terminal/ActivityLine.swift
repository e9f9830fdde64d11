import Trainers

/// The live line of a pipeline's part: what it does, how far it is, and what it measures.
final class ActivityLine {
  private let progress: TerminalProgress
  private var startedAt = ContinuousClock.now
  private var activity = ""
  private var done = 0

  /// A line.
  ///
  /// - Parameter progress: Where it is shown.
  init(_ progress: TerminalProgress) { self.progress = progress }

  /// Something else begins.
  func begin() {
    activity = ""
    startedAt = .now
  }

  /// Shows how much of an activity is done.
  func show(_ activity: String, _ done: Int, _ total: Int) { update(activity, done, total) }

  /// Shows an event of a training run, which trains on something, in the plural.
  func show(_ event: TrainingEvent, _ unit: String) {
    switch event {
    case .stepped(let step, let total, let loss, let items, _):
      update("training", step, total, [.init("loss", loss)], items, unit)
    case .practised(let step, let total, let reward, let divergence, let items, _):
      let figures = [("reward", reward), ("kl", divergence)].compactMap { name, value in
        value.map { ProgressSnapshot.Figure(name, $0) }
      }
      update("training", step, total, figures, items, unit)
    // With all of them cached there is nothing to wait for.
    case .referenceScored(let done, let total, _): if total > 0 { update("reference", done, total) }
    case .note(let sentence): progress.print("    \(sentence)")
    case .prepared, .resumed, .encoded, .sampled, .completions, .logged, .evaluated, .saved: break
    }
  }

  private func update(
    _ activity: String, _ done: Int, _ total: Int, _ figures: [ProgressSnapshot.Figure] = [],
    _ items: Int? = nil, _ unit: String = ""
  ) {
    // What is done again is another piece of the same kind of work.
    if activity != self.activity || done < self.done {
      self.activity = activity
      startedAt = .now
    }
    self.done = done
    let elapsed = ContinuousClock.now - startedAt
    let rates = items.map {
      [ProgressSnapshot.Rate(Double($0) / max(elapsed / .seconds(1), 1e-9), unit)]
    }
    progress.update(
      ProgressSnapshot(
        activity: activity, step: done, total: total, figures: figures, rates: rates ?? [],
        elapsed: elapsed),
      at: .now)
  }
}
