/// What ``GroupAdvantages`` says about a batch; all arrays have one entry a group.
public struct GroupAdvantageEstimate: Equatable, Sendable {
  /// The advantage of each completion of each group; 0 for one without a reward.
  public let advantages: [[Double]]
  /// Whether the group's rewards are all equal, or fewer than two: `frac_reward_zero_std` is their
  /// fraction.
  ///
  /// Without a penalty in the loss such a group has no gradient and need not be computed. It still
  /// counts where the loss is divided, or a batch of them would make the rest weigh more.
  public let isZeroVariance: [Bool]
  /// The unbiased standard deviation of each group's rewards; 0 for fewer than two.
  public let standardDeviations: [Double]
}
