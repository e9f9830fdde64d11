import Pipelines
import Evaluations
import Reports

extension MonitorResult {
  /// The result for a terminal, without a line feed at the end.
  func rendered() -> String {
    var table = Table(
      .init("metric"), .init("baseline", .right), .init("expected", .right), .init("now", .right),
      .init("change", .right), .init("p", .right), .init("verdict"))
    for metric in report.current.metrics {
      let finding = (report.behaviour + report.covariates).first {
        $0.name == metric.name || ResponseColumn(rawValue: $0.name)?.metric == metric.name
      }
      table.append(
        metric.title, report.baseline[metric.name].map { words($0.mean, metric) } ?? "-",
        finding?.baseline.map { words($0, metric) } ?? "-", words(metric.mean, metric),
        finding?.relativeChange.map(Self.change) ?? "-",
        finding.map { Self.probability($0.adjustedPValue) } ?? "-",
        finding.map { $0.isDrift ? "drift" : "no drift" } ?? verdict(of: metric))
    }
    let others = (report.behaviour + report.covariates).filter { finding in
      !report.current.metrics.contains {
        $0.name == finding.name || ResponseColumn(rawValue: finding.name)?.metric == $0.name
      }
    }
    for finding in others {
      table.append(
        finding.title, "-", finding.baseline.map { NumberLabel.significant($0) } ?? "-",
        NumberLabel.significant(finding.current ?? finding.effect), "-",
        Self.probability(finding.adjustedPValue), finding.isDrift ? "drift" : "no drift")
    }
    let changes = report.changes.map { change in
      "\(change.title) went \(change.direction == .rise ? "up" : "down") since about response \(change.onset), by "
        + (change.detector == .cumulativeSum ? "the cumulative sum" : "Page–Hinkley")
    }
    let parts = [[headline, "", table.rendered()], report.untested.map(\.sentence), changes]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(
      separator: "\n\n")
  }

  /// What is only shown has no verdict.
  private func verdict(of metric: MetricSummary) -> String {
    report.untested.contains { measures in
      measures.names.contains { ResponseColumn(rawValue: $0)?.metric == metric.name }
    } ? "not tested" : "-"
  }

  private func words(_ value: Double, _ metric: MetricSummary) -> String {
    metric.isShare ? NumberLabel.percent(value) : NumberLabel.significant(value)
  }

  private static func change(_ change: Double) -> String {
    "\(change < 0 ? "−" : "+")\(NumberLabel.percent(abs(change)))"
  }

  static func probability(_ value: Double) -> String {
    value < 0.001 ? "<0.001" : NumberLabel.fixed(value, decimals: 3)
  }
}
