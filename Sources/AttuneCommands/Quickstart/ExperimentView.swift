import Pipelines

/// Shows an experiment on standard error: which part runs, how far it is, how long it took.
final class ExperimentView {
  private let progress: TerminalProgress
  private let line: ActivityLine
  private let color: TerminalColor

  /// A view.
  ///
  /// - Parameters:
  ///   - progress: Where it is shown.
  ///   - color: Whether it is painted.
  init(_ progress: TerminalProgress, color: TerminalColor) {
    self.progress = progress
    line = ActivityLine(progress)
    self.color = color
  }

  /// Shows an event.
  func show(_ event: ExperimentEvent) {
    switch event {
    case .world(.began(let stage)): begin("the world: \(stage.title)")
    case .world(.working(let activity, let done, let total)),
      .working(let activity, let done, let total):
      line.show(activity, done, total)
    case .world(.training(let event, let unit)), .training(let event, let unit):
      line.show(event, unit)
    case .world(.finished(let record)): end(record.seconds)
    case .world(.found): break
    case .began(let part, let number, let total): begin("\(number)/\(total) \(part)")
    case .finished(_, let seconds): end(seconds)
    }
  }

  /// Takes the live line away, before an error.
  func clear() { progress.clear() }

  private func begin(_ heading: String) {
    line.begin()
    progress.print(color.paint(heading, .cyan))
  }

  private func end(_ seconds: Double) {
    progress.clear()
    progress.print("    \(NumberText.fixed(seconds, decimals: 0)) s")
  }
}
