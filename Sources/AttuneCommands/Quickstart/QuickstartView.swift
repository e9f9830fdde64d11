import Foundation
import Pipelines
import Trainers

/// Shows a quickstart on standard error: what runs, how far it is, what it found, and what its models
/// say.
final class QuickstartView {
  private let progress: TerminalProgress
  private let line: ActivityLine
  private let color: TerminalColor
  private let challenges: [String]

  /// A view.
  ///
  /// - Parameters:
  ///   - progress: Where it is shown.
  ///   - color: Whether it is painted.
  ///   - challenges: What each of the challenges is, in a few words.
  init(_ progress: TerminalProgress, color: TerminalColor, challenges: [String]) {
    self.progress = progress
    line = ActivityLine(progress)
    self.color = color
    self.challenges = challenges
  }

  /// Shows an event.
  func show(_ event: QuickstartEvent) {
    switch event {
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

  private func heading(_ stage: QuickstartStage) -> String {
    let all = QuickstartStage.allCases
    let number = (all.firstIndex(of: stage) ?? 0) + 1
    return color.paint("\(number)/\(all.count) \(stage.title)", .cyan)
  }

  private func tell(_ record: QuickstartStageRecord) {
    let seconds = NumberText.fixed(record.seconds, decimals: 0)
    progress.print("    \(record.findings.joined(separator: "\n    ")), \(seconds) s")
    for (challenge, answer) in zip(challenges, record.answers) {
      progress.print(
        "    \(color.paint("\(challenge):", .dim)) \(answer.shownOnOneLine(limit: 160))")
    }
  }
}
