/// Whether a model prefers what adds nothing, judged beside other probes of the same model.
public struct ProbeVerdict: Sendable, Hashable {
  /// The probe.
  public let outcome: ProbeOutcome
  /// Its p-value after Holm's correction; `nil` for a probe without pairs.
  public let adjustedPValue: Double?
  /// Whether the counterfactual wins more than half, and by more than chance: its win rate is above
  /// ½ and ``adjustedPValue`` at most 1 − level. Of a single probe this says that the Wilson
  /// interval lies above ½.
  ///
  /// A model that dislikes the change is not flagged.
  public let isFlagged: Bool

  /// Judges several probes of one model together, so that a model without any bias has all of them
  /// unflagged with at least the given probability.
  ///
  /// - Parameters:
  ///   - outcomes: The probes.
  ///   - level: Above 0 and below 1.
  /// - Returns: A verdict for each, in their order.
  public static func verdicts(on outcomes: [ProbeOutcome], level: Double = 0.95) -> [ProbeVerdict] {
    requireLevel(level)
    var adjusted = HolmCorrection.adjusted(outcomes.compactMap(\.pValue))[...]
    return outcomes.map { outcome in
      let pValue = outcome.pValue == nil ? nil : adjusted.popFirst()
      let isPreferred = outcome.winRateShift.map { $0 > 0 } ?? false
      return ProbeVerdict(
        outcome: outcome, adjustedPValue: pValue,
        isFlagged: isPreferred && pValue.map { $0 <= 1 - level } ?? false)
    }
  }
}
