internal import Reports

/// How far the evaluated data lie from the reference.
struct DistributionSection {
  let distribution: DistributionResult

  var section: ReportSection {
    var figures = [
      figure(
        "Mahalanobis distance", distribution.distance,
        axis: "distance of the last hidden state from the reference")
    ]
    if let variance = distribution.variance {
      figures.append(
        figure("Variance over members", variance, axis: "variance over the ensemble’s members"))
    }
    return ReportSection(
      "Distance from the reference",
      [
        .paragraph(
          "Hidden states of \(NumberLabel.grouped(distribution.evaluated)) evaluated rows beside "
            + "\(NumberLabel.grouped(distribution.heldOut)) reference rows that the distance was not "
            + "fitted on (\(distribution.reference.joined(separator: ", "))). A separation of 0.5 says "
            + "that the two cannot be told apart; near 1 the model scores what it has not seen the "
            + "like of."),
        .figures(figures),
      ])
  }

  private func figure(
    _ title: String, _ comparison: DistributionResult.Comparison, axis: String
  ) -> ReportFigure {
    let interval =
      if let lower = comparison.separationLower, let upper = comparison.separationUpper {
        " (\(decimals(lower, 2)) to \(decimals(upper, 2)))"
      } else { "" }
    return ReportFigure(
      title,
      summary:
        "Median \(NumberLabel.significant(comparison.evaluatedMedian)) on the evaluated rows, "
        + "\(NumberLabel.significant(comparison.referenceMedian)) on the reference; separation "
        + "\(decimals(comparison.separation, 2))\(interval).",
      chart: .histogram(
        HistogramChart(
          [
            .init("reference", edges: comparison.edges, heights: comparison.referenceShares),
            .init("evaluated", edges: comparison.edges, heights: comparison.evaluatedShares),
          ], x: ChartAxis(axis), y: ChartAxis("share of rows", format: .percent))))
  }
}
