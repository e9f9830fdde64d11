/// What a panel of a dashboard asks Prometheus.
public enum GrafanaQuery: Sendable, Hashable {
  /// The sum of a gauge, by labels.
  case value(of: ServerMetricName, by: [String] = [])
  /// How fast a counter grows, a second, by labels.
  case rate(of: ServerMetricName, by: [String] = [])
  /// A counter's growth by label as a share of all of its growth.
  case share(of: ServerMetricName, by: [String])
  /// A quantile of a histogram, from 0 to 1, by labels.
  case quantile(Double, of: ServerMetricName, by: [String] = [])

  /// The metric that is asked for.
  public var metric: ServerMetricName {
    switch self {
    case .value(let metric, _), .rate(let metric, _), .share(let metric, _),
      .quantile(_, let metric, _):
      metric
    }
  }

  /// The labels that tell the lines apart.
  public var labels: [String] {
    switch self {
    case .value(_, let labels), .rate(_, let labels), .share(_, let labels),
      .quantile(_, _, let labels):
      labels
    }
  }

  /// PromQL.
  public var expression: String {
    precondition(
      labels.allSatisfy(metric.labels.contains), "labels \(labels) of '\(metric.name)'")
    let by = labels.isEmpty ? "" : " by (\(labels.joined(separator: ", ")))"
    let rate = "rate(\(metric.name)[$__rate_interval])"
    switch (self, metric.kind) {
    case (.value, .gauge): return "sum\(by) (\(metric.name))"
    case (.rate, .counter): return "sum\(by) (\(rate))"
    case (.share, .counter): return "sum\(by) (\(rate)) / scalar(sum(\(rate)))"
    case (.quantile(let q, _, _), .histogram):
      let buckets = "rate(\(metric.name)_bucket[$__rate_interval])"
      let parts = (["le"] + labels).joined(separator: ", ")
      return "histogram_quantile(\(q), sum by (\(parts)) (\(buckets)))"
    default: preconditionFailure("'\(metric.name)' cannot be asked for as \(self)")
    }
  }

  /// What a line is called.
  ///
  /// - Parameter isAlone: Whether all lines of the panel are of this metric.
  /// - Returns: Grafana's template.
  func legend(isAlone: Bool) -> String {
    var parts = labels.map { "{{\($0)}}" }
    if case .quantile(let q, _, _) = self { parts.insert("p\(Int((100 * q).rounded()))", at: 0) }
    if !isAlone || parts.isEmpty { parts.append(metric.name) }
    return parts.joined(separator: " ")
  }
}
