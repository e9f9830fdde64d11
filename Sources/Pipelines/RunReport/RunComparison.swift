internal import Evaluations
public import Reports
internal import RunRecords
internal import TrainingConfiguration

/// Several runs on one page: what tells them apart, and where each has come.
public struct RunComparison: Sendable {
  private let runs: [RecordedRun]
  private let names: [String]

  /// A comparison.
  ///
  /// - Parameter runs: Two runs or more, in the order in which they are shown.
  public init(_ runs: [RecordedRun]) {
    precondition(runs.count > 1, "\(runs.count) runs to compare")
    self.runs = runs
    names = Self.names(of: runs.map(\.path))
  }

  /// The page.
  ///
  /// - Parameter footer: What made the page.
  /// - Returns: A page whose charts and words are all of the runs.
  public func page(footer: String) -> HTMLPage {
    let notes = zip(names, runs).flatMap { name, run in run.notes.map { "\(name): \($0)." } }
    return HTMLPage(
      title: "\(runs.count) runs side by side", subtitle: names.joined(separator: ", "),
      opening: notes.map { .note($0, tone: .caution) },
      sections: [overview, curves, lastValues, settings].compactMap { $0 }, footer: footer)
  }

  /// The shortest ends of paths that tell them apart.
  static func names(of paths: [String]) -> [String] {
    let parts = paths.map { $0.split(separator: "/").map(String.init) }
    let longest = parts.map(\.count).max() ?? 1
    for length in 1...max(1, longest) {
      let names = parts.map { $0.suffix(length).joined(separator: "/") }
      if Set(names).count == names.count, !names.contains("") { return names }
    }
    // The same path twice: places tell them apart.
    return paths.enumerated().map { "\($0 + 1): \($1)" }
  }

  private var overview: ReportSection {
    var table = ReportTable([
      .words("run"), .words("method"), .words("state"), .numbers("rows"), .numbers("seed"),
      .numbers("time in training"), .words("reward hacking"),
    ])
    for (name, run) in zip(names, runs) {
      table.append([
        .init(name), .init(run.method?.rawValue ?? NumberLabel.none),
        .init(run.stateWords, tone: run.manifest.finishedSteps == nil ? .caution : .plain),
        .init(NumberLabel.grouped(run.manifest.rows)), .init("\(run.manifest.seed)"),
        .init(run.durationWords),
        .init(
          run.hacking?.verdict.rawValue ?? NumberLabel.none,
          tone: run.hacking?.verdict.tone ?? .plain),
      ])
    }
    return ReportSection("The runs", [.table(table)])
  }

  /// The metrics that two runs or more have, in reading order.
  private var sharedMetrics: [MetricName] {
    Set(runs.flatMap(\.metrics.names))
      .filter { metric in runs.count { $0.metrics.has(metric) } > 1 }.sorted()
  }

  /// The metrics worth a chart: held-out ones first, as they are what runs are compared by.
  private static let drawn: [MetricName] = [
    .gold, .reward, .loss, .rewardAccuracy, .accuracy, .rewardMargin, .margin, .perplexity,
    .natsPerCharacter, .meanTokenAccuracy, .objectiveDivergence, .divergence, .meanLength, .entropy,
    .gradientNorm, .learningRate,
  ]

  private var curves: ReportSection? {
    let shared = Set(sharedMetrics)
    let metrics = Self.drawn.flatMap { [$0.onEvaluation, $0] }.filter(shared.contains)
    let figures = metrics.map(figure)
    guard !figures.isEmpty else { return nil }
    return ReportSection(
      "Curves", [.paragraph("What two runs or more have logged."), .figures(figures)])
  }

  private func figure(of metric: MetricName) -> ReportFigure {
    let label = MetricLabel(metric)
    let shown = zip(names, runs).filter { $1.metrics.has(metric) }
    let series = shown.map { name, run in
      ChartSeries(name, run.metrics.points(metric)).thinned(to: MetricChart.limit)
    }
    let words = shown.map { name, run in
      "\(name): \(run.metrics.last(metric).map(label.words) ?? NumberLabel.none)"
    }
    let isThinned = series.contains { !$0.band.isEmpty }
    return ReportFigure(
      label.title + (metric.isHeldOut ? ", held out" : ""),
      summary: "Last: \(words.joined(separator: "; "))."
        + (isThinned
          ? " Lines are means of neighbouring steps, bands reach from the least to the greatest."
          : ""),
      chart: .lines(LineChart(series, x: ChartAxis("step", format: .count), y: label.axis)))
  }

  private var lastValues: ReportSection? {
    let metrics = sharedMetrics
    guard !metrics.isEmpty else { return nil }
    var table = ReportTable([.words("number")] + names.map { .numbers($0) })
    for metric in metrics {
      let label = MetricLabel(metric)
      table.append(
        [.init(metric.rawValue)]
          + runs.map { run in
            let value = run.metrics.last(metric)
            return .init(
              value.map(label.words) ?? NumberLabel.none,
              tone: value.map(\.isFinite) ?? true ? .plain : .alarming)
          })
    }
    return ReportSection("Last values", [.table(table)])
  }

  private var settings: ReportSection {
    var order: [String] = []
    var rows: [String: [String?]] = [:]
    for (index, run) in runs.enumerated() {
      for (name, value) in run.settings.all {
        if rows[name] == nil {
          order.append(name)
          rows[name] = [String?](repeating: nil, count: runs.count)
        }
        rows[name]?[index] = value
      }
    }
    var (different, lonely) = (table, table)
    for name in order {
      guard let values = rows[name], Set(values).count > 1 else { continue }
      let cells = [.init(name)] + values.map { ReportTable.Cell($0 ?? NumberLabel.none) }
      if Set(values.compactMap { $0 }).count > 1 {
        different.append(cells)
      } else {
        lonely.append(cells)
      }
    }
    var blocks: [ReportBlock] = [
      different.rows.isEmpty
        ? .paragraph("All settings that the runs share are the same.") : .table(different)
    ]
    if !lonely.rows.isEmpty {
      blocks.append(
        .details("Settings that only some of the methods have", [.table(lonely)]))
    }
    return ReportSection("Settings that differ", blocks)
  }

  private var table: ReportTable {
    ReportTable([.words("setting")] + names.map { .words($0) })
  }
}
