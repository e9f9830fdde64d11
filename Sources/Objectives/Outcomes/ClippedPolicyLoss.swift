/// The clipped surrogate of proximal policy optimization, token by token.
///
/// With r_t = π(y_t) / π_old(y_t) and the advantage A_t:
///
///     L_t = max(−A_t r_t, −A_t clip(r_t, 1 − ε, 1 + ε))
///     dL_t/dlog π = −A_t r_t where the first is the larger or both are equal, else 0
///
/// Schulman et al. (2017, arXiv:1707.06347), equation 7; ``ClipRange`` has its variants. While the
/// policy is the one that sampled, r_t = 1, and the gradient is that of ``PolicyGradientLoss``.
///
///     let tokens = PolicyTokens(policy: [-1], behavior: [-1.5], tokenCounts: [1])
///     ClippedPolicyLoss().evaluate(tokens, advantages: [2]).values  // [-2.4]: e^0.5 is above 1.2
public struct ClippedPolicyLoss: Equatable, Sendable {
  /// How far the ratio may move.
  public let clipRange: ClipRange

  /// The clipped surrogate.
  ///
  /// - Parameter clipRange: How far the ratio may move.
  public init(clipRange: ClipRange = ClipRange(0.2)) { self.clipRange = clipRange }

  /// The loss of each token and the gradient of their sum.
  ///
  /// - Parameters:
  ///   - tokens: The log probabilities of policy and behavior.
  ///   - advantages: A_t of each token.
  /// - Returns: Values and gradient, one a token, and the statistics of the ratios.
  public func evaluate(_ tokens: PolicyTokens, advantages: [Double]) -> PolicyOutcome {
    precondition(
      advantages.count == tokens.policy.count,
      "\(advantages.count) advantages for \(tokens.policy.count) tokens")
    let logRatios = tokens.logRatios
    let terms = zip(logRatios, advantages).map(clipRange.loss)
    let sides = zip(logRatios, advantages).map(clipRange.side)
    var statistics = RatioStatistics()
    for range in tokens.sequences {
      statistics.add(RatioStatistics(logRatios: logRatios[range], sides: sides[range]))
    }
    return PolicyOutcome(
      values: terms.map(\.value), gradient: terms.map(\.slope), ratios: statistics)
  }
}
