/// What one detector says of one quantity.
public struct DriftMeasurement: Sendable, Hashable, Codable {
  /// What was looked at, for instance `length`.
  public let name: String
  /// The probability of what was seen without drift.
  public let pValue: Double
  /// How great the drift is.
  public let effect: DriftEffect

  /// A measurement.
  ///
  /// - Parameters:
  ///   - name: What was looked at.
  ///   - pValue: The probability of what was seen without drift, from 0 to 1.
  ///   - effect: How great the drift is; not NaN, its limit at least 0.
  public init(name: String, pValue: Double, effect: DriftEffect) {
    precondition((0...1).contains(pValue), "a p-value of \(pValue)")
    precondition(!effect.value.isNaN && effect.limit >= 0, "an effect of \(effect)")
    (self.name, self.pValue, self.effect) = (name, pValue, effect)
  }
}

/// A measurement among others of its ``DriftFamily``.
public struct DriftFinding: Sendable, Hashable, Codable {
  /// What the detector says.
  public let measurement: DriftMeasurement
  /// Its p-value, corrected for all of the family.
  public let adjustedPValue: Double
  /// Whether it is a drift: significant after correction, and of a size that matters.
  public let isDrift: Bool
}

/// Several detectors that are looked at together: of twenty at 5 % each, one is expected to see a drift
/// where there is none.
///
/// P-values are corrected together by ``HolmCorrection``, and a drift counts where it is significant
/// after correction *and* its effect matters.
///
///     let family = DriftFamily([
///       DriftMeasurement(name: "length", pValue: 0.001, effect: .relativeChange(from: 80, to: 96)),
///       DriftMeasurement(name: "topics", pValue: 0.03, effect: .size(0.21, limit: 0.1)),
///     ])
///     family.drifts.map(\.measurement.name)   // ["length", "topics"]
public struct DriftFamily: Sendable, Hashable, Codable {
  /// The greatest probability that any drift is found where there is none.
  public let level: Double
  /// What each detector says, in the order given.
  public let findings: [DriftFinding]

  /// Judges measurements together.
  ///
  /// - Parameters:
  ///   - measurements: All that were made, those without a drift too.
  ///   - level: The greatest probability of any false drift, above 0 and below 1.
  public init(_ measurements: [DriftMeasurement], level: Double = 0.05) {
    requireLevel(level)
    self.level = level
    let adjusted = HolmCorrection.adjusted(measurements.map(\.pValue))
    findings = zip(measurements, adjusted).map { measurement, pValue in
      DriftFinding(
        measurement: measurement, adjustedPValue: pValue,
        isDrift: pValue <= level && measurement.effect.matters)
    }
  }

  /// The findings that count.
  public var drifts: [DriftFinding] { findings.filter(\.isDrift) }
}
