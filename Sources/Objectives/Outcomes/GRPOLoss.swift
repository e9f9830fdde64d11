#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The loss of group relative policy optimization, and of those that came of it.
///
/// With the advantage A_i of a completion (``GroupAdvantages``), a ratio r, and the estimate of
/// KL(π‖π_ref) of a token, each token has
///
///     L_it = −min(A_i r, A_i clip(r, 1 − ε_low, 1 + ε_high)) + β KL_it
///     L_it = −sg(min(r, r_max)) A_i log π(y_it) + β KL_it        for cispo
///
/// and ``GRPOAggregation`` says how tokens are weighed against each other:
///
/// - ``Kind/grpo``: Shao et al. (2024, arXiv:2402.03300), equation 3, every completion counts the same;
/// - ``Kind/bnpo``: every token counts the same;
/// - ``Kind/drGRPO``: Liu et al. (2025, arXiv:2503.20783), without the bias for short completions;
/// - ``Kind/dapo``: Yu et al. (2025, arXiv:2503.14476), every token of the rollout counts the same;
/// - ``Kind/cispo``: MiniMax (2025, arXiv:2506.13585): the weight of a token is bounded, and
///   no token loses its gradient. No gradient flows through sg(…).
///
/// The ratio is that of the token, r = π / π_old, or that of its sequence, exp(1 / n_i Σ_t log(π / π_old)),
/// as in the group sequence policy optimization (GSPO) of Zheng et al. (2025, arXiv:2507.18071).
///
///     let loss = GRPOLoss(.dapo, clipRange: ClipRange(0.2, high: 0.28))
///     let outcome = loss.evaluate(tokens, advantages: advantages)
///     let value = outcome.values.reduce(0, +) / denominator  // of GRPOAggregation
public struct GRPOLoss: Equatable, Sendable {
  /// Which loss, by TRL's names.
  public enum Kind: String, CaseIterable, Codable, Sendable {
    /// The mean over each completion, then over completions.
    case grpo
    /// The mean over the tokens of the optimizer batch.
    case bnpo
    /// The sum over the longest that completions could be.
    case drGRPO = "dr_grpo"
    /// The mean over the tokens of the rollout.
    case dapo
    /// The same, with a bounded weight in place of a clipped ratio.
    case cispo
  }

  /// Whose ratio it is (`importance_sampling_level`).
  public enum ImportanceLevel: String, CaseIterable, Codable, Sendable {
    /// Each token's own.
    case token
    /// The geometric mean over the completion, the same for all its tokens.
    case sequence
  }

  /// Which loss.
  public let kind: Kind
  /// Whose ratio it is.
  public let level: ImportanceLevel
  /// How far the ratio may move; not looked at by ``Kind/cispo``.
  public let clipRange: ClipRange
  /// r_max, the largest weight of a token; for ``Kind/cispo`` alone.
  public let maximumWeight: Double
  /// β, how strongly the policy is held to the reference, at least 0.
  public let beta: Double
  /// How KL(π‖π_ref) is estimated.
  public let estimator: KLEstimator

  /// A loss of the family.
  ///
  /// - Parameters:
  ///   - kind: Which loss.
  ///   - level: Whose ratio it is.
  ///   - clipRange: How far the ratio may move; not looked at by `cispo`.
  ///   - maximumWeight: The largest weight of a token, above 0; for `cispo` alone. It is TRL's
  ///     `epsilon_high`, which there is the bound itself, and 1 + ε_high of the paper.
  ///   - beta: How strongly the policy is held to the reference, at least 0.
  ///   - estimator: How the divergence is estimated: k2 or k3.
  public init(
    _ kind: Kind, level: ImportanceLevel = .token, clipRange: ClipRange = ClipRange(0.2),
    maximumWeight: Double = 5, beta: Double = 0, estimator: KLEstimator = .k3
  ) {
    precondition(maximumWeight > 0, "the largest weight is \(maximumWeight), but must be above 0")
    precondition(beta >= 0 && beta.isFinite, "beta is \(beta), but must be at least 0")
    if let violation = estimator.violationAsLoss { preconditionFailure(violation) }
    self.kind = kind
    self.level = level
    self.clipRange = clipRange
    self.maximumWeight = maximumWeight
    self.beta = beta
    self.estimator = estimator
  }

  /// Whether ``PolicyTokens/reference`` is needed.
  public var needsReference: Bool { beta > 0 }

  /// The loss of each token and the gradient of their sum.
  ///
  /// - Parameters:
  ///   - tokens: The log probabilities of policy and behavior, and of the reference where
  ///     ``needsReference``; where it is there without need, its divergence is estimated all the same.
  ///   - advantages: A_i of each completion.
  /// - Returns: Values with the weight w_i of their completion, gradient, and what metrics average.
  public func evaluate(_ tokens: PolicyTokens, advantages: [Double]) -> GRPOOutcome {
    precondition(
      advantages.count == tokens.sequenceCount,
      "\(advantages.count) advantages for \(tokens.sequenceCount) completions")
    precondition(!needsReference || tokens.reference != nil, "beta \(beta) without a reference")
    let divergences = tokens.reference.map { reference in
      zip(tokens.policy, reference).map { estimator.lossTerm(policy: $0, reference: $1) }
    }
    var policyTerms = [CurvePoint]()
    var weights = [Double]()
    var statistics = RatioStatistics()
    for (range, advantage) in zip(tokens.sequences, advantages) {
      let logRatios = self.logRatios(of: range, in: tokens)
      policyTerms += terms(tokens.policy[range], logRatios, advantage)
      weights += range.map { _ in kind.weight(tokenCount: range.count) }
      // A sequence has one ratio, which must not count once a token.
      let distinct = level == .token ? logRatios[...] : logRatios.prefix(1)
      statistics.add(
        RatioStatistics(logRatios: distinct, sides: distinct.map { side($0, advantage) }))
    }
    // Without β, an infinite divergence must not become 0 · ∞.
    let penalties = needsReference ? divergences : nil
    return GRPOOutcome(
      policyValues: zip(weights, policyTerms).map { damped($1.value, by: $0) },
      penaltyValues: weights.indices.map { weights[$0] * beta * (penalties?[$0].value ?? 0) },
      gradient: policyTerms.indices.map {
        weights[$0] * (policyTerms[$0].slope + beta * (penalties?[$0].slope ?? 0))
      },
      divergences: divergences?.map(\.value), ratios: statistics)
  }

  /// The logarithm of each token's ratio, in nats.
  private func logRatios(of range: Range<Int>, in tokens: PolicyTokens) -> [Double] {
    let logRatios = range.map { tokens.policy[$0] - tokens.behavior[$0] }
    switch level {
    case .token: return logRatios
    case .sequence:
      let mean = logRatios.reduce(0, +) / Double(max(1, range.count))
      return logRatios.map { _ in mean }
    }
  }

  /// The loss of each token of a completion without its weight, and the derivative of their sum by each
  /// log π.
  ///
  /// With the sequence's ratio that derivative is Σ_s dL_s/dlog r · 1 / n, and as all n terms are equal, it
  /// is that of one token.
  private func terms(
    _ policy: ArraySlice<Double>, _ logRatios: [Double], _ advantage: Double
  ) -> [CurvePoint] {
    zip(policy, logRatios).map { logProbability, logRatio in
      guard kind == .cispo else {
        return clipRange.loss(logRatio: logRatio, advantage: advantage)
      }
      let slope = -damped(min(exp(logRatio), maximumWeight), by: advantage)
      return CurvePoint(value: damped(logProbability, by: slope), slope: slope)
    }
  }

  /// Whether a ratio counts as clipped; for `cispo`, whether the weight of a good token is bounded.
  private func side(_ logRatio: Double, _ advantage: Double) -> ClipSide {
    guard kind == .cispo else { return clipRange.side(logRatio: logRatio, advantage: advantage) }
    return exp(logRatio) > maximumWeight && advantage > 0 ? .high : .inside
  }
}
