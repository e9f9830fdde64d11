internal import Evaluations
internal import Reports

/// How lengths and rewards of the kept completions are distributed, early and late in the run.
struct CompletionDistributionSection {
  let samples: [RecordedSample]

  /// The section, where there are enough completions for a shape.
  var section: ReportSection? {
    guard samples.count >= Self.least else { return nil }
    let figures = [
      figure("Length", axis: "tokens a completion") { $0.tokens.map(Double.init) },
      figure("Reward", axis: "reward") { $0.reward },
    ].compactMap { $0 }
    guard !figures.isEmpty else { return nil }
    return ReportSection(
      "Distributions",
      [
        .paragraph(
          "Of the \(NumberLabel.grouped(samples.count)) completions that the run has kept, those of its "
            + "first half beside those of its second, by steps."),
        .figures(figures),
      ])
  }

  private static let least = 8

  private func figure(
    _ title: String, axis: String, _ number: (RecordedSample) -> Double?
  ) -> ReportFigure? {
    let steps = samples.map(\.step)
    guard let first = steps.min(), let last = steps.max() else { return nil }
    let middle = first + (last - first) / 2
    let (early, late) = (
      samples.filter { $0.step <= middle }.compactMap(number),
      samples.filter { $0.step > middle }.compactMap(number)
    )
    let bins = max(6, min(20, (early.count + late.count) / 4))
    guard let all = Histogram(early + late, bins: bins), Set(early + late).count > 1 else {
      return nil
    }
    let parts = [
      ("steps \(NumberLabel.grouped(first)) to \(NumberLabel.grouped(middle))", early),
      ("steps \(NumberLabel.grouped(middle + 1)) to \(NumberLabel.grouped(last))", late),
    ].filter { !$0.1.isEmpty }
    let words = parts.map { name, values in
      "\(name): median "
        + (SortedSample(values).median.map { NumberLabel.significant($0) } ?? NumberLabel.none)
    }.joined(separator: "; ")
    return ReportFigure(
      title, summary: "\(words.prefix(1).uppercased())\(words.dropFirst()).",
      chart: .histogram(
        HistogramChart(
          parts.map { name, values in
            .init(name, edges: all.edges, heights: Self.shares(of: values, in: all.edges))
          }, x: ChartAxis(axis), y: ChartAxis("share of completions", format: .percent))))
  }

  /// Which share of numbers falls into each bin; one on an edge belongs to the bin above it.
  private static func shares(of values: [Double], in edges: [Double]) -> [Double] {
    var counts = [Int](repeating: 0, count: edges.count - 1)
    for value in values { counts[edges.dropFirst().dropLast().count { $0 <= value }] += 1 }
    return counts.map { Double($0) / Double(values.count) }
  }
}
