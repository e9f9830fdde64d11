import Pipelines
import Trainers

/// Shows a turn of the loop on standard error: what runs, how far it is, and what it came to.
final class LoopView {
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
  func show(_ event: LoopEvent) {
    switch event {
    case .turn(let number, let isNew):
      progress.print("attune: \(isNew ? "turn" : "going on with turn") \(number)")
    case .began(let stage):
      line.begin()
      progress.print(heading(stage))
    case .working(let activity, let done, let total): line.show(activity, done, total)
    case .training(let event, let unit): line.show(event, unit)
    case .found(let record):
      progress.print(heading(record.stage) + color.paint(" (done before)", .dim))
      tell(record)
    case .finished(let record):
      progress.clear()
      tell(record)
    }
  }

  /// Takes the live line away, before an error.
  func clear() { progress.clear() }

  private func heading(_ stage: LoopStage) -> String {
    let all = LoopStage.allCases
    let number = (all.firstIndex(of: stage) ?? 0) + 1
    return color.paint("\(number)/\(all.count) \(stage.title)", .cyan)
  }

  private func tell(_ record: LoopStageRecord) {
    for finding in record.findings { progress.print("    \(finding)") }
    if let seconds = record.seconds {
      progress.print("    \(NumberText.fixed(seconds, decimals: 0)) s")
    }
  }
}
