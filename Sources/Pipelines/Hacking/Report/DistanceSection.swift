internal import Evaluations
internal import Reports

/// Gold and proxy over the distance from the reference, after Gao et al.
struct DistanceSection {
  let result: HackingResult

  /// The section, where KL was recorded in all evaluations.
  var section: ReportSection? {
    guard let distances else { return nil }
    var blocks: [ReportBlock] = [
      .paragraph(
        "How far the policy has gone from the reference is d = √KL, KL in nats a completion. Over it "
          + "gold follows one of two laws (Gao, Schulman and Hilton 2022): R₀ + d(α − β·d) for best of "
          + "n, R₀ + d(α − β·ln d) for reinforcement learning. Where β is above 0, gold has a peak: "
          + "the distance beyond which optimizing the proxy harms."),
      .figures([gold(over: distances), proxy(over: distances)]),
    ]
    if !result.curves.isEmpty { blocks.append(.table(table)) }
    return ReportSection("The distance from the reference", blocks)
  }

  /// √KL of each evaluation.
  private var distances: [Double]? {
    let recorded = result.evaluations.compactMap(\.divergence)
    guard recorded.count == result.evaluations.count else { return nil }
    return recorded.map { max(0, $0).squareRoot() }
  }

  private func points(_ values: [Double?], _ distances: [Double]) -> [ChartPoint] {
    zip(distances, values).map { ChartPoint(x: $0, y: $1 ?? .nan) }
  }

  private func gold(over distances: [Double]) -> ReportFigure {
    let points = points(result.evaluations.map(\.gold), distances)
    let summary =
      result.curve.map { curve in
        "\(curve.formula), R² \(curve.fitWords). Peak: \(curve.peakWords)"
          + (isPeakShown ? ", dashed." : ".")
      } ?? "The distances do not determine a curve."
    return ReportFigure(
      "Gold", summary: summary,
      chart: .scatter(
        ScatterChart(
          [ChartSeries("evaluations", points)], x: axis, y: ChartAxis("gold"),
          curves: result.curve.map { [drawn($0, to: distances.max() ?? 0)] } ?? [],
          reference: isPeakShown ? result.curve?.peak?.distance : nil)))
  }

  private func proxy(over distances: [Double]) -> ReportFigure {
    ReportFigure(
      "Proxy", summary: "What training pushed up.",
      chart: .scatter(
        ScatterChart(
          [ChartSeries("evaluations", points(result.evaluations.map(\.proxy), distances))],
          x: axis, y: ChartAxis("proxy"))))
  }

  private var axis: ChartAxis { ChartAxis("√KL", range: 0...0) }

  private var isPeakShown: Bool { result.curve?.peak?.isReached ?? false }

  /// A curve from the reference to the farthest evaluation.
  private func drawn(_ curve: HackingResult.Curve, to end: Double) -> ChartSeries {
    let count = 80
    let points = (0...count).map { index in
      let distance = end * Double(index) / Double(count)
      return ChartPoint(x: distance, y: curve.gold(at: distance))
    }
    return ChartSeries("fitted, \(curve.name)", points)
  }

  private var table: ReportTable {
    var table = ReportTable([
      .words("law"), .numbers("R₀"), .numbers("α"), .numbers("β"), .numbers("R²"), .words("peak"),
    ])
    for curve in result.curves {
      table.append([
        .init(curve.name), .init(NumberLabel.significant(curve.initialGold)),
        .init(NumberLabel.significant(curve.alpha)), .init(NumberLabel.significant(curve.beta)),
        .init(curve.fitWords), .init(curve.peakWords),
      ])
    }
    return table
  }
}
