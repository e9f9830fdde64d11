internal import Reports
internal import RunRecords

/// A chart of logged numbers that belong together.
struct MetricChart: Sendable, Hashable {
  /// A line of the chart.
  struct Line: Sendable, Hashable {
    let metric: MetricName
    let name: String
  }

  /// The metric that gives title and axis.
  let metric: MetricName
  /// The lines, of which each is drawn where it was logged.
  let lines: [Line]

  /// A metric while training and on held-out data.
  init(_ metric: MetricName) {
    self.init(metric, [(metric, nil)])
  }

  /// Some metrics while training and on held-out data.
  ///
  /// - Parameters:
  ///   - metric: The metric that gives title and axis.
  ///   - parts: The metrics with their names; `nil` for one alone.
  init(_ metric: MetricName, _ parts: [(MetricName, String?)]) {
    self.metric = metric
    lines = parts.flatMap { metric, name in
      [
        Line(metric: metric, name: name ?? "training"),
        Line(metric: metric.onEvaluation, name: name.map { "\($0), held out" } ?? "held out"),
      ]
    }
  }

  /// Named lines as they are.
  init(_ metric: MetricName, lines: [Line]) {
    self.metric = metric
    self.lines = lines
  }

  /// About how many points a line may have.
  static let limit = 300

  /// The chart, where any of it was logged.
  func figure(of metrics: RunMetrics) -> ReportFigure? {
    let label = MetricLabel(metric)
    let logged = lines.filter { metrics.has($0.metric) }
    guard !logged.isEmpty else { return nil }
    let series = logged.map { line in
      ChartSeries(line.name, metrics.points(line.metric)).thinned(to: Self.limit)
    }
    let isThinned = series.contains { !$0.band.isEmpty }
    var words =
      logged.map { line in
        let column = metrics.column(line.metric)
        let ends = [column.first, column.last].compactMap { $0 }
        let values = ends.map { label.words($0.value) }
        let name = logged.count > 1 ? "\(line.name): " : ""
        guard column.count > 1 else {
          return "\(name)\(values[0]) at step \(NumberLabel.grouped(ends[0].step))"
        }
        return "\(name)\(values.joined(separator: " → "))"
      }.joined(separator: "; ") + "."
    if isThinned {
      words +=
        " The lines are means of neighbouring steps, the bands reach from the least to the "
        + "greatest of them."
    }
    if logged.contains(where: { metrics.column($0.metric).contains { !$0.value.isFinite } }) {
      words += " Where a line is broken, a number was none."
    }
    return ReportFigure(
      label.title, summary: words,
      chart: .lines(
        LineChart(series, x: ChartAxis("step", format: .count), y: label.axis)))
  }
}
