internal import Evaluations
public import Monitoring

/// The latest responses of a model in use, as many as the window holds, beside its baseline.
///
///     var window = LiveWindow(baseline: baseline, capacity: 500)
///     window.add(response)                                      // as each is given
///     for (name, value) in window.values { registry.gauge(.alignment, ["metric": name]).set(to: value) }
///     watch.observe(window.readings(), at: now)                 // cheap: no test is made
///     let report = try window.report()                          // tests; from time to time, elsewhere
///     watch.observe(window.readings(with: report), at: now)
///
/// It is a value: a copy can be analysed on another task while responses go on to come in.
public struct LiveWindow: Sendable {
  /// What it is compared with.
  public let baseline: AlignmentBaseline
  /// How many responses it holds, at most.
  public let capacity: Int
  /// How many responses there were, those that are no longer held too.
  public private(set) var total = 0
  private var ring: [PlacedResponse] = []

  /// A window that holds nothing.
  ///
  /// - Parameters:
  ///   - baseline: What it is compared with.
  ///   - capacity: How many responses it holds, at most; at least 1.
  public init(baseline: AlignmentBaseline, capacity: Int = 500) {
    precondition(capacity > 0, "a window of \(capacity) responses")
    (self.baseline, self.capacity) = (baseline, capacity)
  }

  /// Takes in a response; the oldest leaves a full window.
  ///
  /// - Parameter response: The response.
  public mutating func add(_ response: ObservedResponse) {
    let placed = baseline.placed(baseline.measurer(response))
    if ring.count < capacity {
      ring.append(placed)
    } else {
      ring[total % capacity] = placed
    }
    total += 1
  }

  /// Whether it holds as many as it can.
  public var isFull: Bool { ring.count == capacity }

  /// The responses it holds, the oldest first.
  public var responses: [PlacedResponse] {
    let start = isFull ? total % capacity : 0
    return Array(ring[start...] + ring[..<start])
  }

  /// The mean of each column that was measured, by the name of its metric, and quantiles as `reward_p05`.
  public var values: [String: Double] { Self.values(ring) }

  /// What rules read: each metric beside the baseline's mean of the same topics.
  ///
  /// - Parameter report: What tests say of the window; `nil` where none were made, so that rules about drift read
  ///   nothing.
  /// - Returns: Readings by metric; what a test is about has a reading by its own name too, such as `topics`.
  public func readings(with report: DriftReport? = nil) -> [String: AlertReading] {
    Self.readings(ring, baseline, report)
  }

  /// Tests the window against the baseline: seconds, for thousands of responses.
  ///
  /// - Returns: What has drifted.
  /// - Throws: What ``DriftAnalysis`` throws.
  public func report() throws -> DriftReport { try DriftAnalysis(baseline)(responses) }

  private static func values(_ rows: [PlacedResponse]) -> [String: Double] {
    var values: [String: Double] = [:]
    for column in ResponseColumn.allCases {
      let known = rows.compactMap { $0.measured.values[column] }
      guard let mean = MeanVariance(known).mean else { continue }
      values[column.metric] = mean
      guard !column.isShare else { continue }
      let sorted = SortedSample(known)
      for (suffix, probability) in [("p05", 0.05), ("p50", 0.5), ("p95", 0.95)] {
        values["\(column.rawValue)_\(suffix)"] = sorted.quantile(probability)
      }
    }
    return values
  }

  /// What rules read of some responses.
  static func readings(
    _ rows: [PlacedResponse], _ baseline: AlignmentBaseline, _ report: DriftReport?
  ) -> [String: AlertReading] {
    let before = values(baseline.rows)
    var readings = values(rows).reduce(into: [String: AlertReading]()) { readings, value in
      readings[value.key] = AlertReading(value: value.value, baseline: before[value.key])
    }
    for column in ResponseColumn.allCases where column.family != .covariate {
      let scales = TopicScales(column, of: baseline.rows)
      let expected = rows.compactMap { row in
        row.measured.values[column] == nil ? nil : scales.mean(for: row)
      }
      if let mean = MeanVariance(expected).mean { readings[column.metric]?.baseline = mean }
    }
    for finding in (report?.behaviour ?? []) + (report?.covariates ?? []) {
      let column = ResponseColumn(rawValue: finding.name)
      readings[column?.metric ?? finding.name, default: AlertReading()].drift = finding.severity
      if column == nil {
        readings[finding.name]?.value = finding.current ?? finding.effect
        readings[finding.name]?.baseline = finding.baseline
      } else {
        // A rule may name the column as well.
        readings[finding.name] = readings[column?.metric ?? finding.name]
      }
    }
    return readings
  }
}
