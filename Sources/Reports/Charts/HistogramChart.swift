/// How numbers are distributed: bars between the edges of bins. A second distribution and those after it
/// are outlines, which hide nothing and are told apart without colours.
public struct HistogramChart: Sendable, Hashable {
  /// One distribution.
  public struct Series: Sendable, Hashable {
    /// What was counted.
    public var name: String
    /// The ends of the bins, ascending and finite; one more than there are bins.
    public var edges: [Double]
    /// How many numbers, or what share of them, fall into each bin.
    public var heights: [Double]

    /// A distribution.
    ///
    /// - Parameters:
    ///   - name: What was counted.
    ///   - edges: The ends of the bins, one more than there are heights.
    ///   - heights: How many numbers fall into each bin.
    public init(_ name: String, edges: [Double], heights: [Double]) {
      precondition(
        heights.isEmpty || edges.count == heights.count + 1,
        "\(edges.count) edges of \(heights.count) bins")
      self.name = name
      self.edges = edges
      self.heights = heights
    }
  }

  /// The distributions, drawn over one another.
  public var series: [Series]
  /// The horizontal axis.
  public var x: ChartAxis
  /// The vertical axis.
  public var y: ChartAxis
  /// A value of interest, such as 0; `nil` for none.
  public var reference: Double?

  /// A histogram.
  ///
  /// - Parameters:
  ///   - series: The distributions.
  ///   - x: The horizontal axis.
  ///   - y: The vertical axis, which shows zero.
  ///   - reference: A value of interest.
  public init(_ series: [Series], x: ChartAxis, y: ChartAxis, reference: Double? = nil) {
    self.series = series
    self.x = x
    self.y = y
    self.reference = reference
  }

  func drawing(_ size: ChartSize) -> Drawing {
    let bins = series.flatMap(\.bins)
    let frame = PlotFrame(
      size, x: x, y: y,
      xValues: bins.flatMap { [$0.lower, $0.upper] } + [reference].compactMap { $0 },
      yValues: [0] + bins.map(\.height), drawsVerticalGrid: false)
    var drawing = Drawing(size)
    frame.draw(into: &drawing)
    for (index, series) in series.enumerated() {
      if index > 0 {
        drawing.path(series.outline(in: frame), "line \(ChartColor(index))")
        continue
      }
      for bin in series.bins where bin.height > 0 {
        let (left, right) = (frame.x.place(of: bin.lower), frame.x.place(of: bin.upper))
        let top = frame.y.place(of: bin.height)
        // A hair of air between the bars, unless they are hairs themselves.
        let gap = right - left > 4 ? 1.0 : 0
        drawing.rectangle(
          x: left + gap / 2, y: top, width: max(0.5, right - left - gap),
          height: frame.y.start - top,
          "area \(ChartColor(index))",
          note: "\(x.text(of: bin.lower)) to \(x.text(of: bin.upper)): \(y.text(of: bin.height))")
      }
    }
    frame.draw(reference: reference, into: &drawing)
    if bins.isEmpty { drawing.noteMissingData() }
    return drawing
  }
}

extension HistogramChart.Series {
  fileprivate var bins: [(lower: Double, upper: Double, height: Double)] {
    zip(zip(edges, edges.dropFirst()), heights)
      .map { ($0.0, $0.1, $1) }
      .filter { $0.0.isFinite && $0.1.isFinite && $0.2.isFinite }
  }

  /// From the axis up, along the tops of the bins, and down again.
  fileprivate func outline(in frame: PlotFrame) -> [Drawing.Point] {
    let tops = bins.flatMap { bin in
      [bin.lower, bin.upper].map { frame.place(ChartPoint(x: $0, y: bin.height)) }
    }
    guard let first = tops.first, let last = tops.last else { return [] }
    return [(first.x, frame.y.start)] + tops + [(last.x, frame.y.start)]
  }
}
