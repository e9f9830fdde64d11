/// A line without axes, as large as a word: which way a number has gone.
enum Sparkline {
  private static let (width, height, margin) = (120.0, 24.0, 2.0)

  /// The line through numbers at equal distances; broken where one is not finite, and nothing for fewer
  /// than two that are.
  static func picture(of values: [Double]) -> Markup {
    let finite = values.filter(\.isFinite)
    guard finite.count > 1, let least = finite.min(), let greatest = finite.max() else {
      return .empty
    }
    let step = (width - 2 * margin) / Double(values.count - 1)
    // Halves, since the whole may be more than a number can be.
    let reach = greatest / 2 - least / 2
    let points = values.enumerated().map { index, value in
      let share = reach > 0 ? (value / 2 - least / 2) / reach : 0.5
      return ChartPoint(
        x: margin + Double(index) * step, y: height - margin - share * (height - 2 * margin))
    }
    var drawing = Drawing(.narrow, height: height)
    for run in points.split(whereSeparator: { !$0.isFinite }) {
      drawing.path(run.map { ($0.x, $0.y) }, "line s1")
    }
    return drawing.inline("spark", width: width)
  }
}
