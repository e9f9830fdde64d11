/// Where the numbers of an axis stand in a drawing.
struct AxisScale: Sendable {
  let ticks: AxisTicks
  let format: ChartAxis.Format
  /// The places of the first and the last tick.
  let start: Double
  let end: Double

  /// The place of a number; one beyond the axis is put at its end.
  func place(of value: Double) -> Double {
    let inside = max(ticks.lower, min(ticks.upper, value))
    // Halves, since the whole may be more than a number can be.
    let share = (inside / 2 - ticks.lower / 2) / (ticks.upper / 2 - ticks.lower / 2)
    return start + share * (end - start)
  }

  /// What is written at a tick.
  func label(of tick: Double) -> String { ticks.label(of: tick, format: format) }
}

extension ChartAxis {
  /// Round numbers that cover the data and what the axis shows at least.
  ///
  /// - Parameters:
  ///   - values: The data.
  ///   - count: About how many intervals.
  /// - Returns: The ticks.
  func ticks(for values: [Double], count: Int) -> AxisTicks {
    let ends = range.map { [$0.lowerBound, $0.upperBound] } ?? []
    return AxisTicks(covering: values + ends, count: count, isWhole: format == .count)
  }
}
