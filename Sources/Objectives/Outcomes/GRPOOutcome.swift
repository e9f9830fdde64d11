/// What ``GRPOLoss`` says about completions; all arrays have one entry a token.
public struct GRPOOutcome: Equatable, Sendable {
  /// The part of each token's loss that is its advantage, the weight of its completion included.
  public let policyValues: [Double]
  /// The part that holds the policy to the reference, weight and β included.
  public let penaltyValues: [Double]
  /// The gradient of the sum of ``values`` by the policy's log probability of each token.
  public let gradient: [Double]
  /// The estimate of KL(π‖π_ref), in nats a token, without weight; `nil` without a reference. `kl` is
  /// its mean over tokens.
  public let divergences: [Double]?
  /// How far the policy is from the one that sampled: one ratio a token, or one a sequence.
  public let ratios: RatioStatistics

  /// The loss of each token: the sum of its two parts.
  public var values: [Double] { zip(policyValues, penaltyValues).map { $0 + $1 } }
}
