/// The Bradley–Terry loss of a reward model: chosen completions shall score higher than rejected.
///
/// The model of Bradley & Terry (1952) says that y_w is preferred with probability
/// σ(r(x, y_w) − r(x, y_l)). The negative log likelihood of the judgments is equation 1 of
/// Ouyang et al. (2022, arXiv:2203.02155); the margin m is that of Llama 2 (Touvron et al. 2023,
/// arXiv:2307.09288, equation 2):
///
///     L = −w log σ(r_w − r_l − m)
///
/// Only differences of scores appear, so a constant added to all of them changes nothing.
///
///     let outcome = PairwiseRewardLoss().evaluate(chosen: [2], rejected: [1])
///     outcome.values           // [0.3133], −log σ(1)
///     outcome.gradient.chosen  // [−0.2689], −σ(−1)
public struct PairwiseRewardLoss: Equatable, Sendable {
  /// The loss has no parameters of its own: margins and weights belong to the pairs.
  public init() {}

  /// The loss of each pair and the gradient of their sum.
  ///
  /// - Parameters:
  ///   - chosen: The score of each chosen completion.
  ///   - rejected: The score of each rejected completion.
  ///   - margins: By how much each chosen score shall exceed the rejected one; `nil` for 0.
  ///   - weights: How much each pair counts, for instance its judge's confidence; `nil` for 1.
  /// - Returns: Values, gradient and the quantities of each pair that metrics average.
  public func evaluate(
    chosen: [Double], rejected: [Double], margins: [Double]? = nil, weights: [Double]? = nil
  ) -> PairwiseRewardOutcome {
    precondition(
      chosen.count == rejected.count, "\(chosen.count) chosen for \(rejected.count) rejected scores"
    )
    precondition(
      margins.map { $0.count == chosen.count } ?? true,
      "\(margins?.count ?? 0) margins for \(chosen.count) pairs")
    let terms = chosen.indices.map { pair in
      term(scoreMargin: chosen[pair] - rejected[pair], demanded: margins?[pair] ?? 0)
    }
    .weighted(by: weights)
    return PairwiseRewardOutcome(
      values: terms.values, gradient: terms.gradient, chosenScores: chosen, rejectedScores: rejected
    )
  }

  /// −log σ(z) at z = r_w − r_l − m, and its derivative −σ(−z) by r_w.
  private func term(scoreMargin: Double, demanded margin: Double) -> PairTerm {
    let surplus = scoreMargin - margin
    return PairTerm(value: -logSigmoid(surplus), margin: -sigmoid(-surplus))
  }
}

/// What ``PairwiseRewardLoss`` says about a batch of pairs.
///
/// All arrays have one entry a pair, so that a caller may average over micro-batches of any size.
public struct PairwiseRewardOutcome: Equatable, Sendable {
  /// The loss of each pair, its weight included.
  public let values: [Double]
  /// The gradient of the sum of ``values`` by the scores.
  public let gradient: PairGradient
  /// The score of each chosen completion.
  public let chosenScores: [Double]
  /// The score of each rejected completion.
  public let rejectedScores: [Double]

  /// Chosen score − rejected score of each pair: positive when the model agrees with the judge.
  public var scoreMargins: [Double] { zip(chosenScores, rejectedScores).map { $0 - $1 } }

  /// 1 for each pair whose chosen score is strictly higher, else 0: a tie is not agreement.
  public var accuracies: [Double] { zip(chosenScores, rejectedScores).map { $0 > $1 ? 1 : 0 } }

  /// The mean of the two scores of each pair; averaged over pairs, the mean over all completions.
  public var meanScores: [Double] { zip(chosenScores, rejectedScores).map { ($0 + $1) / 2 } }
}
