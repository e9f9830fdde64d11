/// A common horizontal axis under rows that have a label each: beside the row where there is room,
/// above it on a telephone.
struct LabelledRows: Sendable {
  let scale: AxisScale
  var drawing: Drawing

  private let size: ChartSize
  private let labels: [String]
  private let title: String
  private let labelWidth: Double

  init(_ size: ChartSize, labels: [String], axis: ChartAxis, values: [Double]) {
    self.size = size
    self.labels = labels
    title = axis.title
    let widest = labels.map { ChartSize.width(of: $0) }.max() ?? 0
    labelWidth = size == .wide ? min(widest + 14, size.width * 0.36) : 0
    let ticks = axis.ticks(for: values, count: size == .wide ? 7 : 4)
    let ends = [ticks.lower, ticks.upper].map {
      ChartSize.width(of: ticks.label(of: $0, format: axis.format)) / 2 + 2
    }
    scale = AxisScale(
      ticks: ticks, format: axis.format, start: max(labelWidth, ends[0]),
      end: size.width - ends[1])
    let rows = Double(max(labels.count, 2))
    drawing = Drawing(size, height: 10 + rows * Self.pitch(size) + 44)
  }

  private static func pitch(_ size: ChartSize) -> Double { size == .wide ? 28 : 42 }

  /// The height at which the marks of a row stand.
  func center(of row: Int) -> Double {
    10 + (Double(row) + (size == .wide ? 0.5 : 0.68)) * Self.pitch(size)
  }

  private var bottom: Double { drawing.height - 44 }

  /// Grid, labels and title.
  mutating func drawAxis() {
    for tick in scale.ticks.values {
      let place = scale.place(of: tick)
      drawing.line(from: (place, 6), to: (place, bottom), "grid")
      drawing.text(scale.label(of: tick), at: (place, bottom + 18), .middle, "tick")
    }
    drawing.line(from: (scale.start, bottom), to: (scale.end, bottom), "axis")
    drawing.text(
      ChartSize.fitted(title, width: size.width), at: (scale.end, bottom + 38), .end, "name")
    for (row, label) in labels.enumerated() {
      switch size {
      case .wide:
        drawing.text(
          ChartSize.fitted(label, width: labelWidth - 12),
          at: (labelWidth - 12, center(of: row) + 4), .end, "label")
      case .narrow:
        drawing.text(
          ChartSize.fitted(label, width: size.width - 4), at: (2, center(of: row) - 14), .start,
          "label")
      }
    }
  }

  /// An upright line across all rows.
  mutating func drawReference(at value: Double) {
    guard value.isFinite else { return }
    let place = scale.place(of: value)
    drawing.line(from: (place, 6), to: (place, bottom), "reference")
  }
}
