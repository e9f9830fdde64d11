/// A line without axes, as large as a word: which way a number has gone.
package enum Sparkline {
  private static let (width, height, margin) = (120.0, 24.0, 2.0)

  /// The line through numbers at equal distances; broken where one is not finite, and nothing for fewer
  /// than two that are.
  ///
  /// - Parameters:
  ///   - values: The numbers.
  ///   - reference: What they are to be compared with, as a dashed line; `nil` for nothing.
  /// - Returns: An `svg` element, or nothing.
  package static func picture(of values: [Double], reference: Double? = nil) -> Markup {
    let finite = values.filter(\.isFinite)
    let reference = reference.flatMap { $0.isFinite ? $0 : nil }
    let shown = finite + [reference].compactMap(\.self)
    guard finite.count > 1, let least = shown.min(), let greatest = shown.max() else {
      return .empty
    }
    let step = (width - 2 * margin) / Double(values.count - 1)
    // Halves, since the whole may be more than a number can be.
    let reach = greatest / 2 - least / 2
    func level(of value: Double) -> Double {
      let share = reach > 0 ? (value / 2 - least / 2) / reach : 0.5
      return height - margin - share * (height - 2 * margin)
    }
    let points = values.enumerated().map { index, value in
      ChartPoint(x: margin + Double(index) * step, y: level(of: value))
    }
    var drawing = Drawing(.narrow, height: height)
    if let reference {
      let place = level(of: reference)
      drawing.line(from: (margin, place), to: (width - margin, place), "reference")
    }
    for run in points.split(whereSeparator: { !$0.isFinite }) {
      drawing.path(run.map { ($0.x, $0.y) }, "line s1")
    }
    return drawing.inline("spark", width: width)
  }
}
