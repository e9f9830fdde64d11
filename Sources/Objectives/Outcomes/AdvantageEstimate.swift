/// What ``GeneralizedAdvantageEstimation`` says about an episode; both arrays have one entry an action.
public struct AdvantageEstimate: Equatable, Sendable {
  /// A_t, how much better the action was than expected.
  public let advantages: [Double]
  /// R_t = A_t + V_t, what the value function should have said: the target of ``ClippedValueLoss``.
  public let returns: [Double]
}
