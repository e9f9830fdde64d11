/// A chart of any kind.
public enum Chart: Sendable, Hashable {
  /// Lines over a common axis.
  case lines(LineChart)
  /// Points between two axes.
  case scatter(ScatterChart)
  /// Bars from zero.
  case bars(BarChart)
  /// A distribution.
  case histogram(HistogramChart)
  /// Confidence beside accuracy.
  case reliability(ReliabilityChart)
  /// Estimates with their intervals.
  case intervals(IntervalChart)

  func drawing(_ size: ChartSize) -> Drawing {
    switch self {
    case .lines(let chart): chart.drawing(size)
    case .scatter(let chart): chart.drawing(size)
    case .bars(let chart): chart.drawing(size)
    case .histogram(let chart): chart.drawing(size)
    case .reliability(let chart): chart.drawing(size)
    case .intervals(let chart): chart.drawing(size)
    }
  }

  /// The names of what is told apart by colour; empty where there is one thing alone.
  var legend: [String] {
    let names: [String] =
      switch self {
      case .lines(let chart): chart.series.map(\.name)
      case .scatter(let chart): (chart.series + chart.curves).map(\.name)
      case .histogram(let chart): chart.series.map(\.name)
      case .reliability(let chart): chart.series.map(\.name)
      case .bars, .intervals: []
      }
    return names.count > 1 ? names : []
  }
}
