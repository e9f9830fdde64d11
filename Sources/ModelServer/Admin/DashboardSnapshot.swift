public import Monitoring

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What the dashboard shows of a server at one moment, as plain numbers.
public struct DashboardSnapshot: Sendable, Hashable, Codable {
  /// A count with what was counted.
  public struct Count: Sendable, Hashable, Codable {
    /// What was counted, from the general to the particular: `answer`, `refuse`.
    public var names: [String]
    /// How often it was.
    public var count: Int

    /// A count.
    ///
    /// - Parameters:
    ///   - names: What was counted, from the general to the particular.
    ///   - count: How often it was.
    public init(_ names: [String], _ count: Int) { (self.names, self.count) = (names, count) }
  }

  /// A metric of alignment.
  public struct Metric: Sendable, Hashable, Codable {
    /// What it is called.
    public var name: String
    /// Its latest value; `nil` where nothing was measured yet.
    public var value: Double?
    /// What it was before, on the frozen baseline; `nil` for no baseline.
    public var baseline: Double?
    /// Whether it is a share, to be read as per cent.
    public var isShare: Bool
    /// How far it has drifted; `nil` where that was not tested.
    public var drift: AlertReading.Drift?
    /// Its values so far at equal distances, oldest first.
    public var trend: [Double]

    private enum CodingKeys: String, CodingKey {
      case name, value, baseline
      case isShare = "is_share"
      case drift, trend
    }

    /// A metric.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - value: Its latest value.
    ///   - baseline: What it was before.
    ///   - isShare: Whether it is a share.
    ///   - drift: How far it has drifted.
    ///   - trend: Its values so far at equal distances, oldest first.
    public init(
      _ name: String, value: Double?, baseline: Double? = nil, isShare: Bool = false,
      drift: AlertReading.Drift? = nil, trend: [Double] = []
    ) {
      (self.name, self.value, self.baseline) = (name, value, baseline)
      (self.isShare, self.drift, self.trend) = (isShare, drift, trend)
    }
  }

  /// An alert that fires.
  public struct FiringAlert: Sendable, Hashable, Codable {
    /// Whether it is a `warning` or worse, as the rule has it.
    public var severity: AlertRule.Severity
    /// What it says, as a sentence.
    public var text: String
    /// Since when.
    public var since: Date

    /// An alert that fires.
    ///
    /// - Parameters:
    ///   - severity: As the rule has it.
    ///   - text: What it says.
    ///   - since: Since when.
    public init(_ severity: AlertRule.Severity, _ text: String, since: Date) {
      (self.severity, self.text, self.since) = (severity, text, since)
    }

    /// An alert as rules give it.
    ///
    /// - Parameter alert: One that fires.
    public init(_ alert: Alert) {
      self.init(alert.rule.severity, "\(alert)", since: alert.since)
    }
  }

  /// The moment.
  public var time: Date
  /// The model in use.
  public var model: String
  /// The one on trial; `nil` for none.
  public var candidate: String?
  /// How much there is to do, and how fast it is done.
  public var load: ServerLoad
  /// Verdicts of the safety filter, by stage and by what was done.
  public var safety: [Count]
  /// Feedback, by arm and by what it says.
  public var feedback: [Count]
  /// The canary; `nil` for none.
  public var canary: CanarySnapshot?
  /// Metrics of alignment; empty where nothing is monitored.
  public var alignment: [Metric]
  /// Alerts that fire.
  public var alerts: [FiringAlert]

  /// A server at one moment.
  ///
  /// - Parameters:
  ///   - time: The moment.
  ///   - model: The model in use.
  ///   - candidate: The one on trial.
  ///   - load: How much there is to do, and how fast it is done.
  ///   - safety: Verdicts of the safety filter, by stage and by what was done.
  ///   - feedback: Feedback, by arm and by what it says.
  ///   - canary: The canary.
  ///   - alignment: Metrics of alignment.
  ///   - alerts: Alerts that fire.
  public init(
    time: Date, model: String, candidate: String? = nil, load: ServerLoad, safety: [Count] = [],
    feedback: [Count] = [], canary: CanarySnapshot? = nil, alignment: [Metric] = [],
    alerts: [FiringAlert] = []
  ) {
    (self.time, self.model, self.candidate) = (time, model, candidate)
    (self.load, self.safety, self.feedback) = (load, safety, feedback)
    (self.canary, self.alignment, self.alerts) = (canary, alignment, alerts)
  }
}

extension MetricsRegistry {
  /// A counter by its labels, for a ``DashboardSnapshot``.
  ///
  /// - Parameter name: A counter.
  /// - Returns: One row a series that is not 0, in the order of the labels.
  public func counts(of name: ServerMetricName) -> [DashboardSnapshot.Count] {
    values(of: name).filter { $0.value > 0 }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { DashboardSnapshot.Count($0.key, Int($0.value)) }
  }
}
