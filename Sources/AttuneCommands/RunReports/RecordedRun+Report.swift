import Evaluations
import Pipelines
import PreferenceData
import Reports
import RunRecords
import TrainingConfiguration

extension RecordedRun {
  /// The run in an object for `--json`.
  var report: JSONReport {
    var report = JSONReport()
    report.add("path", path)
    report.add("method", method?.rawValue)
    report.add("finished", .boolean(manifest.finishedSteps != nil))
    report.add("steps", manifest.finishedSteps ?? lastStep)
    report.add(
      "resumed_after",
      .array((manifest.resumptions ?? []).map { .number(Double($0.step)) }))
    report.add("seconds", seconds.map { JSONValue.number($0) } ?? .null)
    report.add("verdict", hacking?.verdict.rawValue)
    var last = JSONReport()
    for name in metrics.names {
      if let value = metrics.last(name) { last.add(name.rawValue, value) }
    }
    report.add("last", last)
    return report
  }
}

extension [RecordedRun] {
  /// The runs for a terminal, a line each.
  func rendered() -> String {
    var table = Table(
      .init("run"), .init("method"), .init("steps", .right), .init("state"), .init("loss", .right),
      .init("reward", .right), .init("gold", .right), .init("hacking"))
    for run in self {
      func last(_ metrics: MetricName...) -> String {
        metrics.lazy.compactMap { run.metrics.last($0) }.first
          .map { NumberText.significant($0, digits: 4) } ?? NumberLabel.none
      }
      table.append(
        run.path, run.method?.rawValue ?? NumberLabel.none,
        NumberText.grouped(run.manifest.finishedSteps ?? run.lastStep),
        run.manifest.finishedSteps == nil ? "not finished" : "finished",
        last(.loss.onEvaluation, .loss), last(.reward.onEvaluation, .reward),
        last(.gold.onEvaluation), run.hacking?.verdict.rawValue ?? NumberLabel.none)
    }
    return table.rendered()
  }
}
