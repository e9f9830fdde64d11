/// All that a loss of the direct preference family may know about one pair.
struct ScoredPair: Equatable, Sendable {
  /// One side of the pair.
  struct Completion: Equatable, Sendable {
    /// log π(y | x) under the policy, summed over the completion, in nats.
    var policy: Double
    /// log π_ref(y | x), summed likewise; 0 where there is no reference, and no loss that looks.
    var reference: Double
    /// |y|, the number of tokens.
    var tokens: Double

    /// h = log π(y | x) − log π_ref(y | x): how far the policy has moved, summed over tokens.
    var logRatio: Double { policy - reference }
    /// log π(y | x) / |y|, the mean over tokens.
    var meanLogProbability: Double { policy / tokens }
  }

  /// The chosen completion, y_w.
  var chosen: Completion
  /// The rejected completion, y_l.
  var rejected: Completion
  /// m, by how much the chosen side's reward shall exceed the rejected side's.
  var margin: Double
  /// ℓ_w, the chosen side's log probability as the likelihood terms see it: all tokens count alike.
  var chosenLikelihood: Double
  /// The tokens of a chosen completion, on average over the optimizer step.
  var meanChosenTokens: Double
}

extension ScoredPair {
  /// The judgment the other way round.
  var reversed: ScoredPair {
    ScoredPair(
      chosen: rejected, rejected: chosen, margin: -margin, chosenLikelihood: rejected.policy,
      meanChosenTokens: meanChosenTokens)
  }
}

extension [ScoredPair] {
  /// A batch, pair by pair.
  init(_ batch: PreferenceBatch) {
    let policy = batch.policy
    let meanChosenTokens =
      batch.meanChosenTokens
      ?? Double(policy.chosenTokens.reduce(0, +)) / Double(Swift.max(1, policy.count))
    self = (0..<policy.count).map { pair in
      ScoredPair(
        chosen: ScoredPair.Completion(
          policy: policy.chosen[pair], reference: batch.reference?.chosen[pair] ?? 0,
          tokens: Double(policy.chosenTokens[pair])),
        rejected: ScoredPair.Completion(
          policy: policy.rejected[pair], reference: batch.reference?.rejected[pair] ?? 0,
          tokens: Double(policy.rejectedTokens[pair])),
        margin: batch.margins?[pair] ?? 0,
        chosenLikelihood: batch.chosenLikelihoods?[pair] ?? policy.chosen[pair],
        meanChosenTokens: meanChosenTokens)
    }
  }
}
