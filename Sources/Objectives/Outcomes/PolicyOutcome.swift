/// What ``ClippedPolicyLoss`` or ``RLOOLoss`` says about completions.
public struct PolicyOutcome: Equatable, Sendable {
  /// The loss of each token, or of each sequence where the ratio is that of a sequence.
  public let values: [Double]
  /// The gradient of the sum of ``values`` by the policy's log probability of each token.
  public let gradient: [Double]
  /// How far the policy is from the one that sampled.
  public let ratios: RatioStatistics
}
