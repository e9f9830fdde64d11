internal import Reports

/// The metrics of a window beside those of its baseline.
struct MonitorMetricSection {
  let report: DriftReport

  var section: ReportSection {
    var table = ReportTable([
      .words("metric"), .numbers("baseline"), .numbers("window"), .numbers("expected"),
      .numbers("change"), .numbers("responses"),
    ])
    var quantiles = ReportTable([
      .words("metric"), .numbers("5 %"), .numbers("median"), .numbers("95 %"),
    ])
    for metric in report.current.metrics {
      table.append(cells(metric))
      let values = [metric.p05, metric.p50, metric.p95].compactMap { $0 }
      if values.count == 3 {
        quantiles.append(
          [.init(metric.title)] + values.map { .init(Self.words($0, of: metric)) })
      }
    }
    return ReportSection(
      "Metrics",
      [
        .paragraph(
          "Means with intervals of 95 %, questions drawn with replacement. What is expected is the baseline’s mean if it had "
            + "been asked what is asked now; the change is relative to that, and marked beyond "
            + "\(NumberLabel.percent(report.settings.relativeLimit)), whether chance explains it or not."
        ),
        .table(table),
        .details("Where the window’s values lie", [.table(quantiles)]),
      ])
  }

  private func cells(_ metric: MetricSummary) -> [ReportTable.Cell] {
    let before = report.baseline[metric.name]
    let finding = report.behaviour.first {
      ResponseColumn(rawValue: $0.name)?.metric == metric.name
    }
    let change = finding?.relativeChange
    return [
      .init(metric.title), .init(before.map(Self.range) ?? NumberLabel.none),
      .init(Self.range(metric)),
      .init(finding?.baseline.map { Self.words($0, of: metric) } ?? NumberLabel.none),
      .init(
        change.map { "\($0 < 0 ? "−" : "+")\(NumberLabel.percent(abs($0)))" } ?? NumberLabel.none,
        tone: abs(change ?? 0) >= report.settings.relativeLimit ? .caution : .plain),
      .init(NumberLabel.grouped(metric.count)),
    ]
  }

  /// A number of a metric: a share as per cent.
  static func words(_ value: Double, of metric: MetricSummary) -> String {
    metric.isShare ? NumberLabel.percent(value) : NumberLabel.significant(value)
  }

  private static func range(_ metric: MetricSummary) -> String {
    let mean = words(metric.mean, of: metric)
    guard let lower = metric.lower, let upper = metric.upper else { return mean }
    return "\(mean) (\(words(lower, of: metric)) to \(words(upper, of: metric)))"
  }
}
