/// What each token of a completion earns: the score at its end, and a price for leaving the reference.
///
///     s′ = clip(s, range) − [the completion has no end] · penalty
///     r_t = −β KL_t + [t is the last token] s′
///
/// Ziegler et al. (2019, arXiv:1909.08593), equation 2, spread over tokens as in Ouyang et al. (2022,
/// arXiv:2203.02155). KL_t is a ``KLEstimator`` of KL(π‖π_ref) at the tokens that π sampled.
///
/// The score belongs to the last real token, the last action that could earn it. TRL (its issues 1893
/// and 3750, as of 1.12.0) puts it one further, on a pad where there is one, whose value nobody trains.
///
/// The penalty comes after the clipping, so that it is felt however low the score is.
///
///     let rewards = TokenRewards(estimator: .k1)
///     let earned = rewards.evaluate(
///       score: 1, hasEnd: true, policy: [-1, -2], reference: [-1.5, -2], klCoefficient: 0.1)
///     earned.rewards  // [-0.05, 1]
public struct TokenRewards: Equatable, Sendable {
  /// What ``TokenRewards`` says about a completion.
  public struct Outcome: Equatable, Sendable {
    /// r_t of each token.
    public let rewards: [Double]
    /// KL_t of each token, in nats; zeros without a reference.
    public let divergences: [Double]
    /// s′, the score as it was handed out, over all turns.
    public let score: Double

    /// Σ_t r_t, the reward of the completion as one action: that of RLOO, GRPO and REINFORCE.
    public var total: Double { rewards.reduce(0, +) }
  }

  /// How KL_t is estimated; any estimator will do, since only its value counts.
  public let estimator: KLEstimator
  /// Between which bounds a score is held; `nil` for none.
  public let scoreRange: ClosedRange<Double>?
  /// What a completion without an end-of-sequence token loses, at least 0.
  public let missingEndPenalty: Double

  /// A way of handing out rewards.
  ///
  /// - Parameters:
  ///   - estimator: How KL_t is estimated.
  ///   - scoreRange: Between which bounds a score is held; `nil` for none.
  ///   - missingEndPenalty: What a completion without an end-of-sequence token loses, at least 0.
  public init(
    estimator: KLEstimator = .k1, scoreRange: ClosedRange<Double>? = nil,
    missingEndPenalty: Double = 0
  ) {
    precondition(
      missingEndPenalty >= 0 && missingEndPenalty.isFinite,
      "the penalty for a missing end is \(missingEndPenalty), but must be at least 0")
    self.estimator = estimator
    self.scoreRange = scoreRange
    self.missingEndPenalty = missingEndPenalty
  }

  /// The rewards of one completion.
  ///
  /// - Parameters:
  ///   - score: s, what the reward model or the rules say about it.
  ///   - hasEnd: Whether it ends with an end-of-sequence token.
  ///   - policy: log π of each token under the policy that sampled it, in nats; at least one.
  ///   - reference: log π_ref of each token, in nats; `nil` where the coefficient is 0.
  ///   - klCoefficient: β, in reward per nat, at least 0: that of a ``KLController`` at this step.
  ///   - earlier: Of an episode of several turns, what the turns before the last are worth, by the place
  ///     of the token that ends them; neither bounded nor penalized.
  /// - Returns: One reward a token.
  public func evaluate(
    score: Double, hasEnd: Bool, policy: [Double], reference: [Double]?, klCoefficient: Double,
    earlier: [(place: Int, score: Double)] = []
  ) -> Outcome {
    precondition(!policy.isEmpty, "a score for a completion without tokens")
    precondition(
      klCoefficient >= 0, "the KL coefficient is \(klCoefficient), but must be at least 0")
    precondition(
      reference != nil || klCoefficient == 0, "a KL coefficient of \(klCoefficient), no reference")
    let bounded = scoreRange.map(score.clamped) ?? score
    let finalScore = hasEnd ? bounded : bounded - missingEndPenalty
    let divergences =
      reference.map { estimator.values(policy: policy, reference: $0) } ?? policy.map { _ in 0 }
    var rewards = divergences.map { -damped($0, by: klCoefficient) }
    rewards[rewards.count - 1] += finalScore
    for turn in earlier { rewards[turn.place] += turn.score }
    return Outcome(
      rewards: rewards, divergences: divergences,
      score: earlier.reduce(finalScore) { $0 + $1.score })
  }
}
