/// Horizontal bars from zero, one a line.
public struct BarChart: Sendable, Hashable {
  /// A bar.
  public struct Bar: Sendable, Hashable {
    /// What it stands for.
    public var label: String
    /// How long it is; one that is not finite is left out.
    public var value: Double

    /// A bar.
    ///
    /// - Parameters:
    ///   - label: What it stands for.
    ///   - value: How long it is.
    public init(_ label: String, _ value: Double) {
      self.label = label
      self.value = value
    }
  }

  /// The bars from top to bottom.
  public var bars: [Bar]
  /// The axis.
  public var axis: ChartAxis

  /// A chart of bars.
  ///
  /// - Parameters:
  ///   - bars: The bars from top to bottom.
  ///   - axis: The axis, which shows zero.
  public init(_ bars: [Bar], axis: ChartAxis) {
    self.bars = bars
    self.axis = axis
  }

  func drawing(_ size: ChartSize) -> Drawing {
    var rows = LabelledRows(
      size, labels: bars.map(\.label), axis: axis, values: [0] + bars.map(\.value))
    rows.drawAxis()
    for (index, bar) in bars.enumerated() where bar.value.isFinite {
      let (zero, end) = (rows.scale.place(of: 0), rows.scale.place(of: bar.value))
      rows.drawing.rectangle(
        x: min(zero, end), y: rows.center(of: index) - 8, width: abs(end - zero), height: 16,
        "bar s1",
        note: "\(bar.label): \(axis.text(of: bar.value))")
    }
    if bars.isEmpty { rows.drawing.noteMissingData() }
    return rows.drawing
  }
}

extension ChartAxis {
  /// A number as a note says it.
  func text(of value: Double) -> String {
    switch format {
    case .number: NumberLabel.significant(value)
    case .percent: NumberLabel.percent(value)
    case .count:
      value.isFinite && abs(value) < 1e15
        ? NumberLabel.grouped(Int(value.rounded())) : NumberLabel.none
    }
  }
}
