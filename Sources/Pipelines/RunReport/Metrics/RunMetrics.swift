internal import Reports
public import RunRecords

/// The logged numbers of a run, column by column.
public struct RunMetrics: Sendable {
  /// A logged number that is none.
  public struct Break: Sendable, Hashable {
    /// Which number.
    public var metric: MetricName
    /// NaN or an infinity, as it came first.
    public var value: Double
    /// The step at which it came first.
    public var step: Int
    /// How many steps have it.
    public var count: Int
  }

  /// The logged steps in the order of the log.
  public let entries: [MetricsEntry]
  private let columns: [MetricName: [(step: Int, value: Double)]]

  /// Sorts numbers into columns.
  ///
  /// - Parameter entries: The logged steps in the order of the log. Of several with one step, a later one
  ///   counts, number by number.
  public init(_ entries: [MetricsEntry]) {
    self.entries = entries
    var rows: [MetricName: [Int: Double]] = [:]
    for entry in entries {
      for (name, value) in entry.values { rows[name, default: [:]][entry.step] = value }
    }
    columns = rows.mapValues {
      $0.sorted { $0.key < $1.key }.map { (step: $0.key, value: $0.value) }
    }
  }

  /// The metrics that were logged, in reading order.
  public var names: [MetricName] { columns.keys.sorted() }

  /// Whether a metric was logged at all.
  func has(_ metric: MetricName) -> Bool { columns[metric] != nil }

  /// The numbers of a metric with their steps, by ascending step; empty where it was not logged.
  ///
  /// - Parameter metric: The metric.
  /// - Returns: Steps and numbers, which need not be finite.
  public func column(_ metric: MetricName) -> [(step: Int, value: Double)] {
    columns[metric] ?? []
  }

  /// The last number of a metric; `nil` where it was not logged.
  ///
  /// - Parameter metric: The metric.
  /// - Returns: A number that need not be finite.
  public func last(_ metric: MetricName) -> Double? { column(metric).last?.value }

  /// A metric over the steps, for a chart.
  func points(_ metric: MetricName) -> [ChartPoint] {
    column(metric).map { ChartPoint(x: Double($0.step), y: $0.value) }
  }

  /// The metrics that have numbers which are none, the earliest first.
  public var breaks: [Break] {
    columns.compactMap { metric, column in
      let broken = column.filter { !$0.value.isFinite }
      return broken.first.map {
        Break(metric: metric, value: $0.value, step: $0.step, count: broken.count)
      }
    }
    .sorted { ($0.step, $0.metric) < ($1.step, $1.metric) }
  }
}
