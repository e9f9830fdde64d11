/// Confidence beside accuracy: a calibrated model lies on the diagonal, an overconfident one below.
/// Under the plot stands how many verdicts each bin holds.
public struct ReliabilityChart: Sendable, Hashable {
  /// The verdicts of one bin.
  public struct Bin: Sendable, Hashable {
    /// Their mean confidence, from ½ to 1.
    public var confidence: Double
    /// The share of right ones.
    public var accuracy: Double
    /// The lower end of the accuracy's interval.
    public var lower: Double
    /// The upper end of the accuracy's interval.
    public var upper: Double
    /// How many they are, at least 1.
    public var count: Int

    /// A bin.
    ///
    /// - Parameters:
    ///   - confidence: The mean confidence.
    ///   - accuracy: The share of right verdicts.
    ///   - lower: The lower end of its interval.
    ///   - upper: The upper end of its interval.
    ///   - count: How many verdicts.
    public init(confidence: Double, accuracy: Double, lower: Double, upper: Double, count: Int) {
      self.confidence = confidence
      self.accuracy = accuracy
      self.lower = lower
      self.upper = upper
      self.count = count
    }

    fileprivate var isFinite: Bool {
      confidence.isFinite && accuracy.isFinite && lower.isFinite && upper.isFinite
    }
  }

  /// Verdicts of one kind, with a name for the legend.
  public struct Series: Sendable, Hashable {
    /// What the verdicts have in common.
    public var name: String
    /// The bins that are not empty.
    public var bins: [Bin]

    /// A series.
    ///
    /// - Parameters:
    ///   - name: What the verdicts have in common.
    ///   - bins: The bins that are not empty.
    public init(_ name: String, _ bins: [Bin]) {
      self.name = name
      self.bins = bins
    }
  }

  /// The verdicts by kind.
  public var series: [Series]

  /// A reliability diagram.
  ///
  /// - Parameter series: The verdicts by kind.
  public init(_ series: [Series]) { self.series = series }

  private static let confidence = ChartAxis("confidence", format: .percent, range: 0.5...1)
  private static let accuracy = ChartAxis("accuracy", format: .percent, range: 0.5...1)
  private static let stripHeight = 44.0

  func drawing(_ size: ChartSize) -> Drawing {
    let bins = series.flatMap(\.bins).filter(\.isFinite)
    let frame = PlotFrame(
      size, x: Self.confidence, y: Self.accuracy, xValues: [],
      yValues: bins.flatMap { [$0.lower, $0.accuracy, $0.upper] }, bottom: Self.stripHeight,
      xTicks: 5)
    var drawing = Drawing(size)
    frame.draw(into: &drawing)
    drawing.line(
      from: frame.place(ChartPoint(x: 0.5, y: 0.5)), to: frame.place(ChartPoint(x: 1, y: 1)),
      "reference")
    let most = Double(bins.map(\.count).max() ?? 1)
    for (index, series) in series.enumerated() {
      let bins = series.bins.filter(\.isFinite)
      let shift = Double(index) * 4
      drawing.path(
        bins.map { frame.place(ChartPoint(x: $0.confidence, y: $0.accuracy)) },
        "line \(ChartColor(index))")
      for bin in bins {
        draw(bin, of: index, in: frame, into: &drawing)
        let height = max(1, Double(bin.count) / most * (Self.stripHeight - 10))
        drawing.rectangle(
          x: frame.x.place(of: bin.confidence) - 4 + shift * 2,
          y: size.height - height, width: 7, height: height, "area \(ChartColor(index))",
          note: "\(NumberLabel.grouped(bin.count)) verdicts")
      }
    }
    drawing.text("verdicts", at: (2, size.height - 4), .start, "tick")
    if bins.isEmpty { drawing.noteMissingData() }
    return drawing
  }

  private func draw(
    _ bin: Bin, of index: Int, in frame: PlotFrame, into drawing: inout Drawing
  ) {
    let color = ChartColor(index)
    let center = frame.place(ChartPoint(x: bin.confidence, y: bin.accuracy))
    let ends = [bin.lower, bin.upper].map(frame.y.place)
    drawing.line(from: (center.x, ends[0]), to: (center.x, ends[1]), "whisker \(color)")
    drawing.mark(
      ChartMark(index), at: center, radius: 4, "dot \(color)",
      note: "confidence \(NumberLabel.percent(bin.confidence)), accuracy "
        + "\(NumberLabel.percent(bin.accuracy)) of \(NumberLabel.grouped(bin.count))")
  }
}
