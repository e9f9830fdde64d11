internal import Evaluations
public import Monitoring

/// What a test of drift has found, among all of its family.
public struct MonitorFinding: Sendable, Hashable, Codable {
  /// Which test it is.
  public enum Test: String, Sendable, Hashable, Codable {
    /// The Wasserstein distance of numbers, in deviations of the baseline.
    case wasserstein
    /// The relative change of a share.
    case share
    /// The squared discrepancy of hidden states in a Gaussian kernel.
    case discrepancy
    /// The population stability index of categories.
    case stability
    /// How far above ½ the area of a classifier is that tells current rows.
    case classifier
    /// How far from ½ the share of comparisons is that are won.
    case wins
  }

  /// What was looked at, such as `length`.
  public let name: String
  /// What pages call it.
  public let title: String
  /// Which test it is.
  public let test: Test
  /// How great the drift is.
  public let effect: Double
  /// From which size on it matters.
  public let limit: Double
  /// The probability of what was seen without drift.
  public let pValue: Double
  /// That, corrected for all of the family.
  public let adjustedPValue: Double
  /// Whether it is a drift: significant after correction, and of a size that matters.
  public let isDrift: Bool
  /// The baseline's mean, its topics weighted as in the window; `nil` where there is no mean.
  public let baseline: Double?
  /// The window's mean, without what has no baseline.
  public let current: Double?

  init(
    _ finding: DriftFinding, title: String, test: Test, baseline: Double? = nil,
    current: Double? = nil
  ) {
    name = finding.measurement.name
    self.title = title
    self.test = test
    let size = finding.measurement.effect.value
    // What has come of nothing is infinite, which JSON cannot say.
    effect = size.isFinite ? size : size > 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude
    limit = finding.measurement.effect.limit
    (pValue, adjustedPValue) = (finding.measurement.pValue, finding.adjustedPValue)
    isDrift = finding.isDrift
    (self.baseline, self.current) = (baseline, current)
  }

  /// (current − baseline)/|baseline|; `nil` where there was nothing.
  public var relativeChange: Double? {
    guard let baseline, let current, baseline != 0 else { return nil }
    return (current - baseline) / abs(baseline)
  }

  /// What alert rules read: significant from two and a half times the size that matters on, as 0.25 is to 0.1
  /// for the index of stability.
  public var severity: AlertReading.Drift {
    guard isDrift else { return .none }
    return abs(effect) >= 2.5 * limit ? .significant : .moderate
  }
}
