public import Monitoring

/// What rules call a whole family of tests.
public enum DriftMetric {
  /// Any drift of what the model does.
  public static let behaviour = "behaviour"
  /// Any drift of what users ask.
  public static let users = "users"
}

extension [String: AlertReading] {
  /// The readings, and one for each family: its number of drifts, and the greatest of them.
  ///
  /// - Parameter report: What tests have found.
  /// - Returns: The readings with ``DriftMetric/behaviour`` and ``DriftMetric/users``.
  public func withDrifts(of report: DriftReport) -> [String: AlertReading] {
    var readings = self
    for (name, findings) in [
      (DriftMetric.behaviour, report.behaviour), (DriftMetric.users, report.covariates),
    ] {
      readings[name] = AlertReading(
        value: Double(findings.count(where: \.isDrift)),
        drift: findings.map(\.severity).max() ?? AlertReading.Drift.none)
    }
    return readings
  }
}
