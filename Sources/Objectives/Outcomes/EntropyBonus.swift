/// A reward for staying undecided, so that the policy keeps trying: Williams & Peng (1991).
///
///     L_t = −c H_t        dL_t/dH_t = −c
///
/// H_t = −Σ_v π(v) log π(v) is the entropy of the policy at a token, in nats. It is not the sampled
/// −log π(y_t), whose derivative, like that of ``KLEstimator/k1``, is 0 in expectation. So the engine
/// computes and differentiates H_t over the whole vocabulary.
public struct EntropyBonus: Equatable, Sendable {
  /// What ``EntropyBonus`` says; both arrays have one entry a token.
  public struct Outcome: Equatable, Sendable {
    /// The loss of each token, at most 0 for a positive coefficient.
    public let values: [Double]
    /// The gradient of the sum of ``values`` by each entropy.
    public let gradient: [Double]
  }

  /// c, what a nat of entropy is worth, at least 0.
  public let coefficient: Double

  /// A reward for entropy.
  ///
  /// - Parameter coefficient: What a nat of entropy is worth, at least 0.
  public init(coefficient: Double) {
    precondition(
      coefficient >= 0 && coefficient.isFinite,
      "the entropy coefficient is \(coefficient), but must be at least 0")
    self.coefficient = coefficient
  }

  /// The loss of each token and the gradient of their sum.
  ///
  /// - Parameter entropies: H_t of each token, in nats.
  /// - Returns: Values, and the gradient by each entropy.
  public func evaluate(entropies: [Double]) -> Outcome {
    Outcome(
      values: entropies.map { -coefficient * $0 }, gradient: entropies.map { _ in -coefficient })
  }
}
