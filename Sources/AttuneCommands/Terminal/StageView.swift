import Trainers

/// Shows a pipeline on standard error, part by part: which one runs, how far it is, what it came to.
final class StageView {
  private let progress: TerminalProgress
  private let line: ActivityLine
  private let color: TerminalColor

  /// A view on standard error.
  ///
  /// - Parameter environment: The environment, for `NO_COLOR` and `TERM`.
  convenience init(environment: [String: String]) {
    self.init(
      TerminalProgress(on: .error, environment: environment, plainEvery: 100),
      color: TerminalColor(isTerminal: StandardStream.error.isTerminal, environment: environment))
  }

  /// A view.
  ///
  /// - Parameters:
  ///   - progress: Where it is shown.
  ///   - color: Whether it is painted.
  init(_ progress: TerminalProgress, color: TerminalColor) {
    (self.progress, self.color) = (progress, color)
    line = ActivityLine(progress)
  }

  /// A part begins.
  func begin(_ heading: String) {
    line.begin()
    progress.print(color.paint(heading, .cyan))
  }

  /// A part was done by an earlier command.
  func found(_ heading: String) {
    progress.print(color.paint(heading, .cyan) + color.paint(" (done before)", .dim))
  }

  /// Shows how much of an activity is done.
  func show(_ activity: String, _ done: Int, _ total: Int) { line.show(activity, done, total) }

  /// Shows an event of a training run, which trains on something, in the plural.
  func show(_ event: TrainingEvent, _ unit: String) { line.show(event, unit) }

  /// Says what a part came to, and how long it took.
  func tell(_ findings: [String] = [], seconds: Double?) {
    progress.clear()
    for finding in findings { progress.print("    \(finding)") }
    if let seconds { progress.print("    \(NumberText.fixed(seconds, decimals: 0)) s") }
  }

  /// Quotes a text under a name, on one line.
  func quote(_ name: String, _ text: String) {
    progress.print("    \(color.paint("\(name):", .dim)) \(text.shownOnOneLine(limit: 160))")
  }

  /// Says something of all of it.
  func say(_ sentence: String) { progress.print("attune: \(sentence)") }

  /// Takes the live line away, before an error.
  func clear() { progress.clear() }
}

extension CaseIterable where Self: Equatable {
  /// A title with the place among all parts before it: `2/5 reward model`.
  func numbered(_ title: String) -> String {
    let before = Self.allCases.prefix { $0 != self }.count
    return "\(before + 1)/\(Self.allCases.count) \(title)"
  }
}
