import Monitoring
import Pipelines

/// What rules call a whole family of tests.
enum DriftMetric {
  /// Any drift of what the model does.
  static let behaviour = "behaviour"
  /// Any drift of what users ask.
  static let users = "users"
}

extension [String: AlertReading] {
  /// The readings, and one for each family: its number of drifts, and the greatest of them.
  func withDrifts(of report: DriftReport) -> [String: AlertReading] {
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
