/// A pair of numbers in a chart.
public struct ChartPoint: Sendable, Hashable {
  /// On the horizontal axis.
  public var x: Double
  /// On the vertical axis.
  public var y: Double

  /// A point.
  ///
  /// - Parameters:
  ///   - x: On the horizontal axis.
  ///   - y: On the vertical axis.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// Whether it can be drawn.
  var isFinite: Bool { x.isFinite && y.isFinite }
}

/// Points of one kind, with a name for the legend.
public struct ChartSeries: Sendable, Hashable {
  /// What the points have in common.
  public var name: String
  /// The points; those that are not finite are left out, and a line is broken there.
  public var points: [ChartPoint]
  /// What the numbers vary between, drawn by ``LineChart`` as a band; empty for no band. It is broken
  /// where an interval is not finite.
  public var band: [ChartInterval]

  /// A series.
  ///
  /// - Parameters:
  ///   - name: What the points have in common.
  ///   - points: The points.
  ///   - band: What the numbers vary between.
  public init(_ name: String, _ points: [ChartPoint], band: [ChartInterval] = []) {
    self.name = name
    self.points = points
    self.band = band
  }

  /// The runs of points between those that are not finite.
  var runs: [ArraySlice<ChartPoint>] {
    points.split { !$0.isFinite }
  }
}
