/// Estimates with their intervals, one a line, beside a value that they are to be compared with: a
/// forest plot.
public struct IntervalChart: Sendable, Hashable {
  /// How an estimate stands out.
  public enum Emphasis: String, Sendable, Hashable {
    /// Like any other.
    case usual = "s1"
    /// A baseline, to be compared with.
    case faint
    /// A finding that wants attention.
    case alarming = "alarm"
  }

  /// An estimate.
  public struct Row: Sendable, Hashable {
    /// What was estimated.
    public var label: String
    /// The estimate; one that is not finite is left out.
    public var value: Double
    /// The interval's lower end.
    public var lower: Double
    /// The interval's upper end.
    public var upper: Double
    /// How it stands out.
    public var emphasis: Emphasis

    /// An estimate.
    ///
    /// - Parameters:
    ///   - label: What was estimated.
    ///   - value: The estimate.
    ///   - lower: The interval's lower end.
    ///   - upper: The interval's upper end.
    ///   - emphasis: How it stands out.
    public init(
      _ label: String, value: Double, lower: Double, upper: Double, emphasis: Emphasis = .usual
    ) {
      self.label = label
      self.value = value
      self.lower = lower
      self.upper = upper
      self.emphasis = emphasis
    }
  }

  /// The estimates from top to bottom.
  public var rows: [Row]
  /// The axis.
  public var axis: ChartAxis
  /// What the estimates are to be compared with; `nil` for nothing.
  public var reference: Double?

  /// A chart of intervals.
  ///
  /// - Parameters:
  ///   - rows: The estimates from top to bottom.
  ///   - axis: The axis.
  ///   - reference: What they are to be compared with.
  public init(_ rows: [Row], axis: ChartAxis, reference: Double? = nil) {
    self.rows = rows
    self.axis = axis
    self.reference = reference
  }

  func drawing(_ size: ChartSize) -> Drawing {
    let values = rows.flatMap { [$0.lower, $0.value, $0.upper] } + [reference].compactMap { $0 }
    var layout = LabelledRows(size, labels: rows.map(\.label), axis: axis, values: values)
    layout.drawAxis(reference: reference)
    for (index, row) in rows.enumerated() where row.value.isFinite {
      let height = layout.center(of: index)
      if row.lower.isFinite, row.upper.isFinite {
        let ends = [row.lower, row.upper].map(layout.scale.place)
        layout.drawing.line(
          from: (ends[0], height), to: (ends[1], height), "interval \(row.emphasis.rawValue)")
      }
      layout.drawing.dot(
        (layout.scale.place(of: row.value), height), radius: 5, "dot \(row.emphasis.rawValue)",
        note: note(on: row))
    }
    if rows.isEmpty { layout.drawing.noteMissingData() }
    return layout.drawing
  }

  private func note(on row: Row) -> String {
    "\(row.label): \(axis.text(of: row.value)) "
      + "(\(axis.text(of: row.lower)) to \(axis.text(of: row.upper)))"
  }
}
