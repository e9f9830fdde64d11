/// Lines over a common horizontal axis.
public struct LineChart: Sendable, Hashable {
  /// The lines.
  public var series: [ChartSeries]
  /// The horizontal axis.
  public var x: ChartAxis
  /// The vertical axis.
  public var y: ChartAxis
  /// A place of interest on the horizontal axis; `nil` for none.
  public var reference: Double?

  /// A chart of lines.
  ///
  /// - Parameters:
  ///   - series: The lines.
  ///   - x: The horizontal axis.
  ///   - y: The vertical axis.
  ///   - reference: A place of interest on the horizontal axis.
  public init(_ series: [ChartSeries], x: ChartAxis, y: ChartAxis, reference: Double? = nil) {
    self.series = series
    self.x = x
    self.y = y
    self.reference = reference
  }

  func drawing(_ size: ChartSize) -> Drawing {
    let points = series.flatMap(\.points).filter(\.isFinite)
    let frame = PlotFrame(
      size, x: x, y: y, xValues: points.map(\.x) + [reference].compactMap { $0 },
      yValues: points.map(\.y))
    var drawing = Drawing(size)
    frame.draw(into: &drawing)
    frame.draw(reference: reference, into: &drawing)
    for (index, series) in series.enumerated() {
      let color = ChartColor(index)
      for run in series.runs {
        drawing.path(run.map(frame.place), "line \(color)")
        // A point alone would be no line.
        if run.count == 1, let point = run.first {
          drawing.dot(frame.place(point), radius: 3, "dot \(color)")
        }
      }
    }
    if points.isEmpty { drawing.noteMissingData() }
    return drawing
  }
}
