/// Direct preference optimization: the policy is its own reward model.
///
/// Rafailov et al. (2023, arXiv:2305.18290) show that the policy which maximises a reward r under a
/// penalty β KL(π‖π_ref) satisfies r(x, y) = β log(π(y | x) / π_ref(y | x)) + const(x) (equation 5).
/// Put into the Bradley–Terry model, the constant cancels, and what remains is a loss on the policy
/// alone. With the log ratios h = log π − log π_ref of the two completions, each ``DPOVariant`` is a
/// function of h_w and h_l.
///
///     let outcome = DPOLoss(beta: 0.1).evaluate(policy: policy, reference: reference)
///     outcome.values    // one a pair; log 2 while the policy is the reference
///     outcome.gradient  // of their sum, by the policy's summed log probabilities
public struct DPOLoss: Equatable, Sendable {
  /// How strongly the policy is held to the reference: β > 0, in reward per nat.
  public let beta: Double
  /// Which member of the family this is.
  public let variant: DPOVariant

  /// A loss of the direct preference family.
  ///
  /// - Parameters:
  ///   - beta: How strongly the policy is held to the reference; above 0.
  ///   - variant: Which member of the family, with its parameters.
  public init(beta: Double, variant: DPOVariant = .sigmoid()) {
    precondition(beta > 0, "beta is \(beta), but must be above 0")
    if case .sigmoid(let labelSmoothing) = variant {
      precondition(
        (0...0.5).contains(labelSmoothing),
        "label smoothing is \(labelSmoothing), but must be from 0 to 0.5")
    }
    self.beta = beta
    self.variant = variant
  }

  /// The loss of each pair and the gradient of their sum by the policy's log probabilities.
  ///
  /// The gradient by the reference's is the same with the opposite sign and is never needed.
  ///
  /// - Parameters:
  ///   - policy: Summed log probabilities under the model that is trained.
  ///   - reference: Summed log probabilities of the same completions under the frozen model.
  ///   - weights: How much each pair counts, for instance its judge's confidence; `nil` for 1.
  /// - Returns: Values, gradient, and the implicit rewards that metrics average.
  public func evaluate(
    policy: PairLogProbabilities, reference: PairLogProbabilities, weights: [Double]? = nil
  ) -> DPOOutcome {
    let logRatios = [LogRatioPair](policy: policy, reference: reference)
    let terms = variant.terms(of: logRatios, beta: beta).weighted(by: weights)
    return DPOOutcome(
      values: terms.values,
      gradient: terms.gradient,
      chosenRewards: logRatios.map { beta * $0.chosen },
      rejectedRewards: logRatios.map { beta * $0.rejected })
  }
}
