/// The axes of a chart, and the room between them.
struct PlotFrame: Sendable {
  let size: ChartSize
  let x: AxisScale
  let y: AxisScale

  private let xTitle: String
  private let yTitle: String
  private let drawsVerticalGrid: Bool

  /// Lays out axes around data.
  ///
  /// - Parameters:
  ///   - size: The size of the picture.
  ///   - x: The horizontal axis.
  ///   - y: The vertical axis.
  ///   - xValues: What is shown on the horizontal one.
  ///   - yValues: What is shown on the vertical one.
  ///   - drawsVerticalGrid: Whether lines go up from the ticks of the horizontal axis.
  ///   - bottom: Room below the plot for more than the axis.
  ///   - count: About how many intervals the horizontal axis has; `nil` for as many as fit.
  init(
    _ size: ChartSize, x: ChartAxis, y: ChartAxis, xValues: [Double], yValues: [Double],
    drawsVerticalGrid: Bool = true, bottom: Double = 0, xTicks count: Int? = nil
  ) {
    self.size = size
    let xTicks = x.ticks(for: xValues, count: count ?? size.horizontalTicks)
    let yTicks = y.ticks(for: yValues, count: size.verticalTicks)
    let labels = yTicks.values.map { ChartSize.width(of: yTicks.label(of: $0, format: y.format)) }
    let left = max(28, (labels.max() ?? 0) + 12)
    let lastLabel = xTicks.label(of: xTicks.upper, format: x.format)
    let right = max(10, ChartSize.width(of: lastLabel) / 2 + 4)
    self.x = AxisScale(ticks: xTicks, format: x.format, start: left, end: size.width - right)
    self.y = AxisScale(
      ticks: yTicks, format: y.format, start: size.height - 42 - bottom, end: 26)
    xTitle = x.title
    yTitle = y.title
    self.drawsVerticalGrid = drawsVerticalGrid
  }

  func place(_ point: ChartPoint) -> Drawing.Point {
    (x.place(of: point.x), y.place(of: point.y))
  }

  /// A dashed line from a place on the horizontal axis; one that is not finite is not drawn.
  func draw(reference: Double?, into drawing: inout Drawing) {
    guard let reference, reference.isFinite else { return }
    let place = x.place(of: reference)
    drawing.line(from: (place, y.start), to: (place, y.end), "reference")
  }

  /// Grid, labels and titles.
  func draw(into drawing: inout Drawing) {
    for tick in y.ticks.values {
      let place = y.place(of: tick)
      drawing.line(from: (x.start, place), to: (x.end, place), "grid")
      drawing.text(y.label(of: tick), at: (x.start - 7, place + 4), .end, "tick")
    }
    for tick in x.ticks.values {
      let place = x.place(of: tick)
      if drawsVerticalGrid { drawing.line(from: (place, y.start), to: (place, y.end), "grid") }
      drawing.line(from: (place, y.start), to: (place, y.start + 4), "axis")
      drawing.text(x.label(of: tick), at: (place, y.start + 18), .middle, "tick")
    }
    drawing.line(from: (x.start, y.start), to: (x.end, y.start), "axis")
    // The vertical axis is named above it, where it can be read without turning the head.
    drawing.text(ChartSize.fitted(yTitle, width: size.width), at: (2, 13), .start, "name")
    drawing.text(
      ChartSize.fitted(xTitle, width: size.width), at: (x.end, y.start + 36), .end, "name")
  }
}
