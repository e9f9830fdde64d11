/// Metrics in Prometheus' text exposition format, version 0.0.4.
///
///     # HELP vllm:prompt_tokens_total Tokens of prompts.
///     # TYPE vllm:prompt_tokens_total counter
///     vllm:prompt_tokens_total{model_name="helpful-7"} 12
///
/// The series of a metric stand together under its help and its type. In help, a backslash and a line
/// feed are escaped; in the values of labels a quotation mark too.
///
/// - SeeAlso: Prometheus, Exposition formats, "Text-based format".
public struct PrometheusText: Sendable, Hashable {
  /// What `Content-Type` says of it.
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// The text so far; each line ends in a line feed.
  public private(set) var text = ""
  private var name: ServerMetricName?
  private var begun: Set<String> = []

  /// Without metrics.
  public init() {}

  /// Begins a metric.
  ///
  /// - Parameter name: One that was not begun before.
  public mutating func begin(_ name: ServerMetricName) {
    precondition(begun.insert(name.name).inserted, "'\(name.name)' is begun twice")
    self.name = name
    let type =
      switch name.kind {
      case .counter: "counter"
      case .gauge: "gauge"
      case .histogram: "histogram"
      }
    text += "# HELP \(name.name) \(Self.escaped(name.help))\n# TYPE \(name.name) \(type)\n"
  }

  /// Adds a series of the counter or gauge that was begun.
  ///
  /// - Parameters:
  ///   - value: Its value.
  ///   - labels: The values of the metric's labels, in its order.
  public mutating func add(_ value: Double, _ labels: [String] = []) {
    guard let name else { preconditionFailure("no metric was begun") }
    if case .histogram = name.kind {
      preconditionFailure("'\(name.name)' is a histogram, which one number cannot say")
    }
    line(name, "", labels, value)
  }

  /// Adds a series of the histogram that was begun.
  ///
  /// - Parameters:
  ///   - snapshot: Its observations.
  ///   - labels: The values of the metric's labels, in its order.
  public mutating func add(_ snapshot: MetricHistogram.Snapshot, _ labels: [String] = []) {
    guard let name, case .histogram(let bounds) = name.kind else {
      preconditionFailure("no histogram was begun")
    }
    precondition(snapshot.cumulative.count == bounds.count + 1, "buckets of '\(name.name)'")
    for (bound, count) in zip(bounds + [.infinity], snapshot.cumulative) {
      line(name, "_bucket", labels, Double(count), bound: bound)
    }
    line(name, "_sum", labels, snapshot.sum)
    line(name, "_count", labels, Double(snapshot.cumulative[bounds.count]))
  }

  private mutating func line(
    _ name: ServerMetricName, _ suffix: String, _ labels: [String], _ value: Double,
    bound: Double? = nil
  ) {
    precondition(labels.count == name.labels.count, "labels \(labels) of '\(name.name)'")
    var pairs = zip(name.labels, labels).map { ($0, Self.escaped($1, isQuoted: true)) }
    if let bound { pairs.append(("le", number(bound))) }
    let list = pairs.map { "\($0)=\"\($1)\"" }.joined(separator: ",")
    text += name.name + suffix + (list.isEmpty ? "" : "{\(list)}") + " \(number(value))\n"
  }

  /// As Go reads it.
  private func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return Int(exactly: value).map(String.init) ?? "\(value)"
  }

  /// A text with what would end it escaped; between quotation marks those too.
  static func escaped(_ string: String, isQuoted: Bool = false) -> String {
    var escaped = ""
    // By scalars, since a carriage return and a line feed are one character.
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where isQuoted: escaped += "\\\""
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
