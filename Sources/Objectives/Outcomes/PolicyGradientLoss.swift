/// The loss whose gradient is the policy gradient: REINFORCE, Williams (1992).
///
///     L = −A log π        dL/dlog π = −A
///
/// Its items are tokens with an advantage each, or whole completions with their summed log
/// probability; one advantage for all tokens of a completion gives the same gradient either way.
///
/// It holds for the policy that sampled, and for one step: after it, the completions are another
/// policy's, which ``ClippedPolicyLoss`` takes into account.
///
///     let outcome = PolicyGradientLoss().evaluate(logProbabilities: [-1, -2], advantages: [1, -0.5])
///     outcome.values    // [1, -1]
///     outcome.gradient  // [-1, 0.5]
public struct PolicyGradientLoss: Equatable, Sendable {
  /// What ``PolicyGradientLoss`` says; both arrays have one entry an item.
  public struct Outcome: Equatable, Sendable {
    /// The loss of each item. Its size means nothing; its gradient does.
    public let values: [Double]
    /// The gradient of the sum of ``values`` by each log probability.
    public let gradient: [Double]
  }

  /// The policy gradient.
  public init() {}

  /// The loss of each item and the gradient of their sum.
  ///
  /// - Parameters:
  ///   - logProbabilities: log π of each token or completion, in nats.
  ///   - advantages: A of each; positive where it shall become likelier.
  /// - Returns: Values and gradient.
  public func evaluate(logProbabilities: [Double], advantages: [Double]) -> Outcome {
    precondition(
      logProbabilities.count == advantages.count,
      "\(advantages.count) advantages for \(logProbabilities.count) log probabilities")
    return Outcome(
      values: zip(logProbabilities, advantages).map { damped(-$0, by: $1) },
      gradient: advantages.map { -$0 })
  }
}
