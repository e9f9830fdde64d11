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

  /// The names of what is told apart by colour and shape; empty where there is one thing alone.
  var legend: [LegendEntry] {
    let entries: [LegendEntry] =
      switch self {
      case .lines(let chart): chart.series.map(\.name).legend(.markedLine)
      case .scatter(let chart): chart.legend
      case .histogram(let chart):
        chart.series.prefix(1).map(\.name).legend(.area)
          + chart.series.dropFirst().map(\.name).legend(.line, from: 1)
      case .reliability(let chart): chart.series.map(\.name).legend(.markedLine)
      case .bars, .intervals: []
      }
    return entries.count > 1 ? entries : []
  }
}
