internal import Reports

/// How far apart the model sees completions.
struct MarginSection {
  let margins: MarginResult

  var section: ReportSection {
    ReportSection(
      "Margins",
      [
        .paragraph(
          "The margin is the score of the better completion less that of the worse: its mean is "
            + "\(NumberLabel.significant(margins.mean)), its deviation "
            + "\(margins.deviation.map { NumberLabel.significant($0) } ?? NumberLabel.none). On "
            + "\(NumberLabel.percent(margins.shareNearZero)) of the comparisons the model hardly has "
            + "an opinion (margin within ±0.1)."),
        .figures([histogram, bands]),
      ])
  }

  private var histogram: ReportFigure {
    ReportFigure(
      "Distribution of margins",
      summary: "Comparisons left of the dashes are decided wrongly.",
      chart: .histogram(
        HistogramChart(
          [.init("comparisons", edges: margins.edges, heights: margins.counts.map(Double.init))],
          x: ChartAxis("margin"), y: ChartAxis("comparisons", format: .count), reference: 0)))
  }

  private var bands: ReportFigure {
    // Two digits of the greatest margin.
    let greatest = margins.bands.last?.upper ?? 1
    let places = greatest >= 1 ? 2 : greatest >= 0.1 ? 3 : 5
    return ReportFigure(
      "Accuracy by size of the margin",
      summary:
        "Quarters of the comparisons, least sure first: a model that knows what it knows gets "
        + "better downwards.",
      chart: .intervals(
        IntervalChart(
          margins.bands.map { band in
            band.accuracy.row(
              "\(NumberLabel.fixed(band.lower, decimals: places)) to "
                + NumberLabel.fixed(band.upper, decimals: places))
          }, axis: ChartAxis("accuracy", format: .percent), reference: 0.5)))
  }
}
