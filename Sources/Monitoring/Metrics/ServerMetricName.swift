/// A metric of the server, as Prometheus is told of it: all names stand in one table, ``all``.
///
/// Names have base units and say them; those of vLLM and of OpenTelemetry are kept, so that dashboards
/// made for them work. No label holds what a user wrote, or an id.
public struct ServerMetricName: Sendable, Hashable {
  /// How a metric behaves.
  public enum Kind: Sendable, Hashable {
    /// It only grows, from 0 at the start.
    case counter
    /// It goes up and down.
    case gauge
    /// Observations, counted up to each of these bounds, which grow; one more, +∞, is added.
    case histogram(bounds: [Double])
  }

  /// The name.
  public let name: String
  /// How it behaves.
  public let kind: Kind
  /// What it is, as a sentence.
  public let help: String
  /// The names of its labels.
  public let labels: [String]

  /// A metric.
  ///
  /// Its name must say what it is: a counter ends in `_total`, and nothing else does; a histogram of
  /// times ends in `_seconds`, and what has another unit has a name without one.
  ///
  /// - Parameters:
  ///   - name: Letters, digits, `_` and `:`, no digit first.
  ///   - kind: How it behaves.
  ///   - help: What it is.
  ///   - labels: Letters, digits and `_`, no digit first; not `le`, nothing that begins with `__`.
  public init(_ name: String, _ kind: Kind, _ help: String, labels: [String] = []) {
    precondition(Self.isName(name, with: ":"), "a metric called '\(name)'")
    precondition((kind == .counter) == name.hasSuffix("_total"), "\(kind) called '\(name)'")
    for suffix in ["_bucket", "_sum", "_count"] {
      precondition(!name.hasSuffix(suffix), "'\(name)' could be a part of a histogram")
    }
    if case .histogram(let bounds) = kind {
      precondition(
        !bounds.isEmpty && bounds.allSatisfy(\.isFinite)
          && zip(bounds, bounds.dropFirst()).allSatisfy(<), "bounds \(bounds) of '\(name)'")
      let isTime = ["_duration", "_time", "_latency"].contains(where: name.hasSuffix)
      precondition(!isTime, "'\(name)' does not say its unit: _seconds")
    }
    precondition(Set(labels).count == labels.count, "labels \(labels) of '\(name)'")
    for label in labels {
      precondition(
        Self.isName(label, with: "_") && !label.hasPrefix("__") && label != "le",
        "a label '\(label)' of '\(name)'")
    }
    (self.name, self.kind, self.help, self.labels) = (name, kind, help, labels)
  }

  /// By the name, which no two have.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  private static func isName(_ text: String, with other: Character) -> Bool {
    guard let first = text.first, !("0"..."9").contains(first) else { return false }
    return text.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || $0 == "_" || $0 == other
    }
  }

  /// Every metric there is, in the order in which they are written.
  public static let all = load + latency + openTelemetry + oversight + canary
}
