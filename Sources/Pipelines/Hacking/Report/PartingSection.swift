internal import Evaluations
internal import Reports

/// Proxy and gold over the run.
struct PartingSection {
  let result: HackingResult

  var section: ReportSection {
    var blocks: [ReportBlock] = [
      .paragraph(
        "The proxy is what the policy was trained on, gold a judge with no part in training. As long "
          + "as both rise, the proxy does its work; gold that falls while the proxy rises is a sign "
          + "that the policy exploits what the proxy gets wrong."),
      .figure(together),
      .figures(WatchedSignal.scores.map { $0.figure(of: result, reference: reference) }),
    ]
    if let rolling { blocks.append(.figure(rolling)) }
    return ReportSection("Gold and proxy", blocks)
  }

  /// Where they part, or else where gold is greatest.
  private var reference: Double { Double(result.parting?.step ?? result.best.step) }

  private var referenceWords: String {
    result.parting.map {
      "Dashed: around step \(NumberLabel.grouped($0.step)) they part."
    }
      ?? "Dashed: gold is greatest at step \(NumberLabel.grouped(result.best.step))."
  }

  private var together: ReportFigure {
    ReportFigure(
      "Beside each other",
      summary: "Each less its mean, in its own standard deviations, so that they can be compared. "
        + referenceWords,
      chart: .lines(
        LineChart(
          WatchedSignal.scores.map { score in
            ChartSeries(score.name, standardized(score.points(of: result.evaluations)))
          },
          x: result.stepAxis, y: ChartAxis("standard deviations"), reference: reference)))
  }

  private func standardized(_ points: [ChartPoint]) -> [ChartPoint] {
    let summary = MeanVariance(points.map(\.y))
    guard let mean = summary.mean else { return points }
    let deviation = summary.deviation(.sample).flatMap { $0 > 0 ? $0 : nil } ?? 1
    return points.map { ChartPoint(x: $0.x, y: ($0.y - mean) / deviation) }
  }

  private var rolling: ReportFigure? {
    let (window, correlations) = (result.correlation.window, result.correlation.rolling)
    guard correlations.count > 1 else { return nil }
    let ends = result.evaluations.dropFirst(window - 1)
    return ReportFigure(
      "Do they go together?",
      summary:
        "Pearson’s r of gold and proxy in each stretch of \(window) evaluations, at its last; "
        + "1 is together, −1 against each other. Over the whole run it is "
        + "\(decimals(result.correlation.pearson, 2)).",
      chart: .lines(
        LineChart(
          [
            ChartSeries(
              "r", zip(ends, correlations).map { ChartPoint(x: Double($0.step), y: $1 ?? .nan) })
          ],
          x: result.stepAxis, y: ChartAxis("correlation", range: -1...1))))
  }
}

extension HackingResult {
  /// The axis of training.
  var stepAxis: ChartAxis { ChartAxis("step", format: .count) }
}

extension WatchedSignal {
  /// The number over the run.
  func figure(of result: HackingResult, reference: Double? = nil) -> ReportFigure {
    let evaluations = result.evaluations
    let known = evaluations.filter { $0[keyPath: value] != nil }
    let ends = [known.first, known.last].compactMap { $0 }.map(words)
    return ReportFigure(
      "\(name.prefix(1).uppercased())\(name.dropFirst())",
      summary: "From \(ends.joined(separator: " to ")).",
      chart: .lines(
        LineChart(
          [ChartSeries(name, points(of: evaluations))], x: result.stepAxis,
          y: ChartAxis(name, format: axis), reference: reference)))
  }
}
