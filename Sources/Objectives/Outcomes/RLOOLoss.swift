/// The loss of REINFORCE with a leave-one-out baseline, a whole completion as one action.
///
/// With the ratio of the sequences r = exp(Σ_t log π(y_t) − Σ_t log π_old(y_t)) and the advantage A of
/// ``GroupAdvantages/Method/leaveOneOut(_:)``:
///
///     L = −min(A r, A clip(r, 1 − ε_low, 1 + ε_high))
///     dL/dlog π(y_t) = −A r for every token t, or 0 where clipped
///
/// Ahmadian et al. (2024, arXiv:2402.14740), with the clipping of PPO for further iterations, as TRL
/// has it. The penalty β KL is part of the reward there, and so of A.
///
/// A completion without tokens has the ratio 1: the value −A and no gradient.
public struct RLOOLoss: Equatable, Sendable {
  /// How far the ratio of the sequences may move.
  public let clipRange: ClipRange

  /// The loss of whole completions.
  ///
  /// - Parameter clipRange: How far the ratio of the sequences may move.
  public init(clipRange: ClipRange = ClipRange(0.2)) { self.clipRange = clipRange }

  /// The loss of each completion and the gradient of their sum.
  ///
  /// - Parameters:
  ///   - tokens: The log probabilities of policy and behavior.
  ///   - advantages: A of each completion.
  /// - Returns: One value a completion, the gradient by each token, and the statistics of the ratios.
  public func evaluate(_ tokens: PolicyTokens, advantages: [Double]) -> PolicyOutcome {
    precondition(
      advantages.count == tokens.sequenceCount,
      "\(advantages.count) advantages for \(tokens.sequenceCount) completions")
    let tokenLogRatios = tokens.logRatios
    var (values, gradient, statistics) = ([Double](), [Double](), RatioStatistics())
    for (range, advantage) in zip(tokens.sequences, advantages) {
      let logRatio = tokenLogRatios[range].reduce(0, +)
      let term = clipRange.loss(logRatio: logRatio, advantage: advantage)
      let side = clipRange.side(logRatio: logRatio, advantage: advantage)
      values.append(term.value)
      gradient += range.map { _ in term.slope }
      statistics.add(RatioStatistics(logRatios: [logRatio], sides: [side]))
    }
    return PolicyOutcome(values: values, gradient: gradient, ratios: statistics)
  }
}
