internal import Synchronization

/// The metrics of a server, from whichever thread.
///
///     let tokens = registry.counter(.promptTokens, ["model_name": "helpful-7"])
///     tokens.increment(by: 12)        // cheap: one lock that nobody else wants for long
///     registry.text                   // for GET /metrics
///
/// Whoever counts often keeps the series; asking for it again costs a look into a table.
///
/// Each combination of labels is a series that stays. Beyond ``seriesLimit`` of one metric, all further ones
/// are one, whose labels are "other": a label that somebody outside decides cannot fill the memory.
public final class MetricsRegistry: Sendable {
  private enum Series {
    case counter(MetricCounter)
    case gauge(MetricGauge)
    case histogram(MetricHistogram)
  }

  /// The most series of one metric, before "other".
  public let seriesLimit: Int
  private let series: Mutex<[ServerMetricName: [[String]: Series]]>

  /// A registry in which nothing was counted; metrics without labels are there, at 0.
  ///
  /// - Parameter seriesLimit: The most series of one metric, before "other"; at least 1.
  public init(seriesLimit: Int = 500) {
    precondition(seriesLimit > 0, "at most \(seriesLimit) series")
    self.seriesLimit = seriesLimit
    series = Mutex(
      Dictionary(
        uniqueKeysWithValues: ServerMetricName.all.filter(\.labels.isEmpty).map {
          ($0, [[]: Self.empty($0.kind)])
        }))
  }

  /// The series of a counter.
  ///
  /// - Parameters:
  ///   - name: A counter.
  ///   - labels: A value for each of its labels.
  /// - Returns: Always the same for the same labels.
  public func counter(_ name: ServerMetricName, _ labels: [String: String] = [:]) -> MetricCounter {
    guard case .counter(let counter) = one(name, labels) else {
      preconditionFailure("'\(name.name)' is no counter")
    }
    return counter
  }

  /// The series of a gauge.
  ///
  /// - Parameters:
  ///   - name: A gauge.
  ///   - labels: A value for each of its labels.
  /// - Returns: Always the same for the same labels.
  public func gauge(_ name: ServerMetricName, _ labels: [String: String] = [:]) -> MetricGauge {
    guard case .gauge(let gauge) = one(name, labels) else {
      preconditionFailure("'\(name.name)' is no gauge")
    }
    return gauge
  }

  /// The series of a histogram.
  ///
  /// - Parameters:
  ///   - name: A histogram.
  ///   - labels: A value for each of its labels.
  /// - Returns: Always the same for the same labels.
  public func histogram(
    _ name: ServerMetricName, _ labels: [String: String] = [:]
  ) -> MetricHistogram {
    guard case .histogram(let histogram) = one(name, labels) else {
      preconditionFailure("'\(name.name)' is no histogram")
    }
    return histogram
  }

  /// Everything, as Prometheus reads it: metrics in the order of their table, series by their labels.
  public var text: String {
    let all = series.withLock { $0 }
    let others = all.keys.filter { !ServerMetricName.all.contains($0) }.sorted { $0.name < $1.name }
    var text = PrometheusText()
    for name in ServerMetricName.all + others {
      let rows = (all[name] ?? [:]).sorted { $0.key.lexicographicallyPrecedes($1.key) }
      guard !rows.isEmpty else { continue }
      text.begin(name)
      for (values, series) in rows {
        switch series {
        case .counter(let counter): text.add(counter.value, values)
        case .gauge(let gauge): text.add(gauge.value, values)
        case .histogram(let histogram): text.add(histogram.snapshot, values)
        }
      }
    }
    return text.text
  }

  /// All series of a counter or a gauge.
  ///
  /// - Parameter name: A counter or a gauge.
  /// - Returns: By the values of its labels, in its order, what each has come to.
  public func values(of name: ServerMetricName) -> [[String]: Double] {
    (series.withLock { $0[name] } ?? [:]).mapValues { series in
      switch series {
      case .counter(let counter): counter.value
      case .gauge(let gauge): gauge.value
      case .histogram: preconditionFailure("'\(name.name)' is a histogram")
      }
    }
  }

  /// All series of a histogram.
  ///
  /// - Parameter name: A histogram.
  /// - Returns: By the values of its labels, in its order, what each has observed.
  public func snapshots(of name: ServerMetricName) -> [[String]: MetricHistogram.Snapshot] {
    (series.withLock { $0[name] } ?? [:]).mapValues { series in
      guard case .histogram(let histogram) = series else {
        preconditionFailure("'\(name.name)' is no histogram")
      }
      return histogram.snapshot
    }
  }

  private func one(_ name: ServerMetricName, _ labels: [String: String]) -> Series {
    let values = name.labels.compactMap { labels[$0] }
    precondition(
      values.count == labels.count && values.count == name.labels.count,
      "labels \(labels.keys.sorted()) of '\(name.name)', which has \(name.labels)")
    return series.withLock { all in
      let known = all[name, default: [:]]
      if let found = known[values] { return found }
      let key = known.count < seriesLimit ? values : values.map { _ in "other" }
      if let found = known[key] { return found }
      let new = Self.empty(name.kind)
      all[name, default: [:]][key] = new
      return new
    }
  }

  private static func empty(_ kind: ServerMetricName.Kind) -> Series {
    switch kind {
    case .counter: .counter(MetricCounter())
    case .gauge: .gauge(MetricGauge())
    case .histogram(let bounds): .histogram(MetricHistogram(bounds: bounds))
    }
  }
}
