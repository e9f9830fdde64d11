public import Monitoring

/// What `attune monitor report` has found, as it is written.
public struct MonitorResult: Sendable, Hashable, Codable {
  /// Where the baseline came from.
  public let baseline: String
  /// Where the window came from.
  public let current: String
  /// What has drifted.
  public let report: DriftReport
  /// The comparison on a fixed set of prompts; `nil` where there was none.
  public let canary: CanaryWins?
  /// Rules that fire.
  public let alerts: [Alert]

  /// A result.
  ///
  /// - Parameters:
  ///   - baseline: Where the baseline came from.
  ///   - current: Where the window came from.
  ///   - report: What has drifted.
  ///   - canary: The comparison on a fixed set of prompts.
  ///   - alerts: Rules that fire.
  public init(
    baseline: String, current: String, report: DriftReport, canary: CanaryWins? = nil,
    alerts: [Alert] = []
  ) {
    (self.baseline, self.current, self.report) = (baseline, current, report)
    (self.canary, self.alerts) = (canary, alerts)
  }

  /// Whether all is as it was: no drift of behaviour, and no rule that fires.
  public var passes: Bool { report.behaviourDrifts.isEmpty && alerts.isEmpty }

  /// One sentence on what matters most.
  public var headline: String {
    let drifts = report.behaviourDrifts.map { $0.title.lowercasedFirst }
    let users = report.covariateDrifts.map { $0.title.lowercasedFirst }
    let behaviour =
      if report.behaviour.isEmpty {
        "There are too few questions to say whether the model answers as it did"
      } else if drifts.isEmpty {
        "The model answers as it did"
      } else {
        "The model’s behaviour has drifted: \(drifts.joined(separator: ", "))"
      }
    return users.isEmpty
      ? "\(behaviour)."
      : "\(behaviour). What users ask for has drifted: \(users.joined(separator: ", "))."
  }
}

extension String {
  /// The text with a small first letter.
  var lowercasedFirst: String { "\(prefix(1).lowercased())\(dropFirst())" }
}
