/// A common horizontal axis under rows that have a label each: beside the row where there is room,
/// above it on a telephone.
struct LabelledRows: Sendable {
  let scale: AxisScale
  var drawing: Drawing

  private let size: ChartSize
  private let labels: [String]
  private let title: String
  /// 0 where labels stand above the marks.
  private let labelWidth: Double
  private let pitch: Double
  /// The part of a row that labels may take beside the marks.
  private static let labelShare = 0.42

  init(_ size: ChartSize, labels: [String], axis: ChartAxis, values: [Double]) {
    self.size = size
    self.labels = labels
    title = axis.title
    let widest = labels.map { ChartSize.width(of: $0) }.max() ?? 0
    let room = size.width * Self.labelShare
    let areBeside = size == .wide || size == .medium && widest + 14 <= room
    labelWidth = areBeside ? min(widest + 14, room) : 0
    let ticks = axis.ticks(for: values, count: size.horizontalTicks - (areBeside ? 1 : 0))
    let ends = [ticks.lower, ticks.upper].map {
      ChartSize.width(of: ticks.label(of: $0, format: axis.format)) / 2 + 2
    }
    scale = AxisScale(
      ticks: ticks, format: axis.format, start: max(labelWidth, ends[0]),
      end: size.width - ends[1])
    let rows = Double(max(labels.count, 2))
    pitch = areBeside ? 28 : 42
    drawing = Drawing(size, height: 10 + rows * pitch + 44)
  }

  /// The height at which the marks of a row stand.
  func center(of row: Int) -> Double {
    10 + (Double(row) + (labelWidth > 0 ? 0.5 : 0.68)) * pitch
  }

  private var bottom: Double { drawing.height - 44 }

  /// Grid, labels and title.
  ///
  /// - Parameter reference: Where an upright line goes across all rows; `nil` for nowhere.
  mutating func drawAxis(reference: Double? = nil) {
    for tick in scale.ticks.values {
      let place = scale.place(of: tick)
      drawing.line(from: (place, 6), to: (place, bottom), "grid")
      drawing.text(scale.label(of: tick), at: (place, bottom + 18), .middle, "tick")
    }
    if let reference, reference.isFinite {
      let place = scale.place(of: reference)
      drawing.line(from: (place, 6), to: (place, bottom), "reference")
    }
    drawing.line(from: (scale.start, bottom), to: (scale.end, bottom), "axis")
    drawing.text(
      ChartSize.fitted(title, width: size.width), at: (scale.end, bottom + 38), .end, "name")
    for (row, label) in labels.enumerated() {
      if labelWidth > 0 {
        drawing.text(
          ChartSize.fitted(label, width: labelWidth - 12),
          at: (labelWidth - 12, center(of: row) + 4), .end, "label")
      } else {
        drawing.text(
          ChartSize.fitted(label, width: size.width - 4), at: (2, center(of: row) - 14), .start,
          "label")
      }
    }
  }
}
