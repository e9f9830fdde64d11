public import Evaluations

/// One reward of a ``CompositeReward``, and what becomes of its scores before they are added up.
///
///     used = clip(normalize(raw)),   contribution = weight · used
public struct RewardPart {
  /// How scores are brought to a common scale.
  public enum Normalization: Sendable, Hashable {
    /// As they are.
    case none
    /// (raw − mean)/deviation of a known reference set.
    case fixed(ScoreNormalization)
    /// (raw − mean)/deviation of all scores since training began, those of the batch included.
    case running
  }

  /// What scores.
  public var reward: any Reward
  /// What its scores are multiplied by; negative for what is unwanted.
  public var weight: Double
  /// How its scores are brought to a common scale.
  public var normalization: Normalization
  /// The range that normalized scores are cut to; `nil` for no limit.
  public var clipping: ClosedRange<Double>?

  /// A part.
  ///
  /// - Parameters:
  ///   - reward: What scores.
  ///   - weight: What its scores are multiplied by; finite.
  ///   - normalization: How its scores are brought to a common scale.
  ///   - clipping: The range that normalized scores are cut to.
  public init(
    _ reward: any Reward, weight: Double = 1, normalization: Normalization = .none,
    clipping: ClosedRange<Double>? = nil
  ) {
    precondition(weight.isFinite, "a weight of \(weight)")
    self.reward = reward
    self.weight = weight
    self.normalization = normalization
    self.clipping = clipping
  }
}
