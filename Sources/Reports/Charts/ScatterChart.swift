/// Points between two axes.
public struct ScatterChart: Sendable, Hashable {
  /// The points by kind.
  public var series: [ChartSeries]
  /// The horizontal axis.
  public var x: ChartAxis
  /// The vertical axis.
  public var y: ChartAxis
  /// A line through the points; `nil` for none.
  public var trend: TrendLine?
  /// Curves through the points; one with the name of a series has its colour.
  public var curves: [ChartSeries]
  /// A place of interest on the horizontal axis; `nil` for none.
  public var reference: Double?

  /// A chart of points.
  ///
  /// - Parameters:
  ///   - series: The points by kind.
  ///   - x: The horizontal axis.
  ///   - y: The vertical axis.
  ///   - trend: A line through the points.
  ///   - curves: Curves through the points; one with the name of a series has its colour.
  ///   - reference: A place of interest on the horizontal axis.
  public init(
    _ series: [ChartSeries], x: ChartAxis, y: ChartAxis, trend: TrendLine? = nil,
    curves: [ChartSeries] = [], reference: Double? = nil
  ) {
    self.series = series
    self.x = x
    self.y = y
    self.trend = trend
    self.curves = curves
    self.reference = reference
  }

  func drawing(_ size: ChartSize) -> Drawing {
    let points = series.flatMap(\.points).filter(\.isFinite)
    let all = points + curves.flatMap(\.points).filter(\.isFinite)
    let frame = PlotFrame(
      size, x: x, y: y, xValues: all.map(\.x) + [reference].compactMap { $0 },
      yValues: all.map(\.y))
    var drawing = Drawing(size)
    frame.draw(into: &drawing)
    frame.draw(reference: reference, into: &drawing)
    // Few points are told apart; of many the cloud is what counts.
    let (style, radius) =
      points.count > 100 ? ("cloud", points.count > 400 ? 2.0 : 3.0) : ("dot", 4.0)
    for (index, series) in series.enumerated() {
      for point in series.points where point.isFinite {
        drawing.mark(
          ChartMark(index), at: frame.place(point), radius: radius, "\(style) \(ChartColor(index))")
      }
    }
    drawTrend(in: frame, into: &drawing)
    for (curve, index) in zip(curves, curveIndices) {
      for run in curve.runs {
        drawing.path(run.map(frame.place), "line \(ChartColor(index))")
      }
    }
    if all.isEmpty { drawing.noteMissingData() }
    return drawing
  }

  /// What stands for series and curves.
  var legend: [LegendEntry] {
    let drawn = Set(curveIndices)
    return series.enumerated().map { index, series in
      LegendEntry(name: series.name, key: drawn.contains(index) ? .markedLine : .mark, index: index)
    }
      + zip(curves, curveIndices).filter { $1 >= series.count }.map {
        LegendEntry(name: $0.name, key: .line, index: $1)
      }
  }

  /// The place of each curve's colour: that of the series of its name, or a new one.
  private var curveIndices: [Int] {
    var next = series.count
    return curves.map { curve in
      if let own = series.firstIndex(where: { $0.name == curve.name }) { return own }
      defer { next += 1 }
      return next
    }
  }

  /// The part of the line that lies between the axes.
  private func drawTrend(in frame: PlotFrame, into drawing: inout Drawing) {
    guard let line = trend else { return }
    let (x, y) = (frame.x.ticks, frame.y.ticks)
    func height(_ x: Double) -> Double { line.intercept + line.slope * x }
    let crossings = [y.lower, y.upper].map { ($0 - line.intercept) / line.slope }
    let ends = ([x.lower, x.upper] + crossings)
      .filter { $0.isFinite && $0 >= x.lower && $0 <= x.upper }
      .filter { height($0) >= y.lower - 1e-9 * y.step && height($0) <= y.upper + 1e-9 * y.step }
      .sorted()
    guard let first = ends.first, let last = ends.last else { return }
    drawing.path(
      [first, last].map { frame.place(ChartPoint(x: $0, y: height($0))) }, "trend")
  }
}

/// A straight line y = intercept + slope·x.
public struct TrendLine: Sendable, Hashable {
  /// The height at x = 0.
  public var intercept: Double
  /// How fast it rises.
  public var slope: Double

  /// A line; one that is not finite is not drawn.
  ///
  /// - Parameters:
  ///   - intercept: The height at x = 0.
  ///   - slope: How fast it rises.
  public init(intercept: Double, slope: Double) {
    self.intercept = intercept
    self.slope = slope
  }
}
