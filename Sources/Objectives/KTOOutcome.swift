/// What ``KTOLoss`` says about a batch; all arrays have one entry a completion.
public struct KTOOutcome: Equatable, Sendable {
  /// The loss of each completion, its weights included.
  public let values: [Double]
  /// The gradient of the sum of ``values`` by the policy's summed log probabilities.
  public let gradient: [Double]
  /// β h of each completion: `rewards/chosen` and `rewards/rejected` are the means of the two classes.
  public let rewards: [Double]
  /// The judgment of each completion.
  public let isDesirable: [Bool]
}
