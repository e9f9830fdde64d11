/// Lines over a common horizontal axis, each with a band around it where its series has one. Where there
/// are several, marks of different shapes tell them apart beside their colours.
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
    let bands = series.flatMap(\.band).filter(\.isFinite)
    let frame = PlotFrame(
      size, x: x, y: y,
      xValues: points.map(\.x) + bands.map(\.x) + [reference].compactMap { $0 },
      yValues: points.map(\.y) + bands.flatMap { [$0.lower, $0.upper] })
    var drawing = Drawing(size)
    frame.draw(into: &drawing)
    frame.draw(reference: reference, into: &drawing)
    for (index, series) in series.enumerated() {
      for run in series.band.split(whereSeparator: { !$0.isFinite }) {
        let edge = run.map { ($0.x, $0.lower) } + run.reversed().map { ($0.x, $0.upper) }
        drawing.path(
          edge.map { frame.place(ChartPoint(x: $0, y: $1)) }, "band \(ChartColor(index))",
          isClosed: true)
      }
    }
    for (index, series) in series.enumerated() {
      let color = ChartColor(index)
      for run in series.runs {
        drawing.path(run.map(frame.place), "line \(color)")
        // A point alone would be no line.
        if run.count == 1, let point = run.first {
          drawing.dot(frame.place(point), radius: 3, "dot \(color)")
        }
      }
      for place in marked(index, size).map(frame.place) {
        drawing.mark(ChartMark(index), at: place, radius: 3.5, "dot \(color)")
      }
    }
    if points.isEmpty { drawing.noteMissingData() }
    return drawing
  }

  /// Some points of a series, spread over it; none where there is nothing to tell it from. Each series
  /// begins a little later, so that the marks of lines that lie on one another do not.
  private func marked(_ index: Int, _ size: ChartSize) -> [ChartPoint] {
    guard series.count > 1 else { return [] }
    let finite = series[index].points.filter(\.isFinite)
    let count = min(finite.count, size == .wide ? 7 : 5)
    let phase = Double(index + 1) / Double(series.count + 1)
    return (0..<count).map { mark in
      finite[Int((Double(mark) + phase) / Double(count) * Double(finite.count))]
    }
  }
}
