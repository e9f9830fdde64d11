/// What ``SupervisedLoss`` says about tokens.
///
/// Nothing is averaged, so that a caller may put together micro-batches of any size and divide once,
/// by the number of completion tokens in the whole optimizer step.
public struct SupervisedOutcome: Equatable, Sendable {
  /// The part of each token's loss that is its likelihood, smoothed or dynamic.
  public let likelihoodValues: [Double]
  /// The part that is the length penalty: 0 but where a completion ends.
  public let endValues: [Double]
  /// The part that is the repetition penalty.
  public let repetitionValues: [Double]
  /// The gradient of the sum of ``values`` by each token's log probability.
  public let byLogProbability: [Double]
  /// The gradient by each token's mean log probability; `nil` without label smoothing.
  public let byMeanLogProbability: [Double]?
  /// The gradient by each candidate's log probability; `nil` without a repetition penalty.
  public let byCandidate: [Double]?

  /// The loss of each token: the sum of its three parts, in nats.
  public var values: [Double] {
    likelihoodValues.indices.map { likelihoodValues[$0] + endValues[$0] + repetitionValues[$0] }
  }
}
