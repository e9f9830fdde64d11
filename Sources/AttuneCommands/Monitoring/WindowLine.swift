import Pipelines
import Reports

/// A window as a line of a table.
struct WindowLine {
  let number: Int
  let report: DriftReport
  let values: [String: Double]

  private static let metrics = [
    ("reward_mean", "reward"), ("length", "length"), ("toxicity", "toxicity"),
    ("refusal_rate", "refused"), ("feedback_mean", "feedback"),
  ]

  /// The names of the columns.
  static let heading =
    cells(["window", "responses"] + metrics.map(\.1)) + "  drift"

  /// The line.
  var text: String {
    let numbers = Self.metrics.map { name, _ in
      values[name].map { NumberLabel.significant($0) } ?? "-"
    }
    let drifts = report.behaviourDrifts + report.covariateDrifts
    return Self.cells(["\(number)", "\(report.current.responses)"] + numbers)
      + "  \(drifts.isEmpty ? none : drifts.map(\.name).joined(separator: ", "))"
  }

  private var none: String {
    report.behaviour.isEmpty ? "not tested" : "none"
  }

  private static func cells(_ cells: [String]) -> String {
    cells.map { String(repeating: " ", count: max(0, 9 - $0.count)) + $0 }.joined(separator: " ")
  }
}
