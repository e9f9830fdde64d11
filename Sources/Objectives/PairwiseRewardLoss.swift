/// The Bradley–Terry loss of a reward model: chosen completions shall score higher than rejected.
///
/// The model of Bradley & Terry (1952) says that y_w is preferred with probability
/// σ(r(x, y_w) − r(x, y_l)). With the score difference Δ = r_w − r_l of a pair, its margin m, the
/// probability q that its judgment is right, and its weight w,
///
///     L = w (−q log σ(Δ − m) − (1 − q) log σ(−Δ) + c (r_w + r_l)²)
///
/// - At q = 1 and m = c = 0 it is the negative log likelihood of the judgments, equation 1 of
///   Ouyang et al. (2022, arXiv:2203.02155).
/// - The margin is that of Llama 2 (Touvron et al. 2023, arXiv:2307.09288, equation 2). It belongs to
///   the judgment as it was given: its opposite is asked for without one.
/// - q < 1 is a soft label: with m = 0 the loss is least where σ(Δ) = q.
/// - The centring coefficient c holds the scores around 0 (Eisenstein et al. 2023, arXiv:2312.09244),
///   as `center_rewards_coefficient` of TRL. Without it only differences of scores appear, and a
///   constant added to all of them changes nothing.
///
///     let outcome = PairwiseRewardLoss().evaluate(chosen: [2], rejected: [1])
///     outcome.values           // [0.3133], −log σ(1)
///     outcome.gradient.chosen  // [−0.2689], −σ(−1)
public struct PairwiseRewardLoss: Equatable, Sendable {
  /// By how much every chosen score shall exceed the rejected one, beside the margin of its pair.
  public let margin: Double
  /// c, how strongly the sum of a pair's scores is held to 0, at least 0.
  public let centering: Double

  /// A loss for pairs.
  ///
  /// - Parameters:
  ///   - margin: By how much every chosen score shall exceed the rejected one.
  ///   - centering: How strongly the sum of a pair's scores is held to 0, at least 0.
  public init(margin: Double = 0, centering: Double = 0) {
    precondition(margin.isFinite, "the margin is \(margin), but must be finite")
    precondition(
      centering >= 0 && centering.isFinite,
      "the centring coefficient is \(centering), but must be at least 0")
    self.margin = margin
    self.centering = centering
  }

  /// The loss of each pair and the gradient of their sum.
  ///
  /// - Parameters:
  ///   - chosen: The score of each chosen completion.
  ///   - rejected: The score of each rejected completion.
  ///   - margins: By how much each chosen score shall exceed the rejected one, added to ``margin``;
  ///     `nil` for 0.
  ///   - weights: How much each pair counts, for instance its judge's confidence; `nil` for 1. A
  ///     pair that weighs 0 is as if it were not there, centring included.
  ///   - chosenProbabilities: The probability that each pair's chosen side is the better one, from 0
  ///     to 1; `nil` for 1.
  /// - Returns: Values, gradient and the quantities of each pair that metrics average.
  public func evaluate(
    chosen: [Double], rejected: [Double], margins: [Double]? = nil, weights: [Double]? = nil,
    chosenProbabilities: [Double]? = nil
  ) -> PairwiseRewardOutcome {
    precondition(
      chosen.count == rejected.count, "\(chosen.count) chosen for \(rejected.count) rejected scores"
    )
    precondition(
      margins.map { $0.count == chosen.count } ?? true,
      "\(margins?.count ?? 0) margins for \(chosen.count) pairs")
    precondition(
      chosenProbabilities.map { probabilities in
        probabilities.count == chosen.count && probabilities.allSatisfy((0...1).contains)
      } ?? true,
      "chosen probabilities are not one from 0 to 1 for each of \(chosen.count) pairs")
    let comparisons = chosen.indices.map { pair in
      comparison(
        scoreMargin: chosen[pair] - rejected[pair], demanded: margin + (margins?[pair] ?? 0),
        chosenProbability: chosenProbabilities?[pair] ?? 1)
    }
    .weighted(by: weights)
    let centerings = zip(chosen, rejected)
      .map { term(centering: $0 + $1) }
      .weighted(by: weights)
    return PairwiseRewardOutcome(
      comparisonValues: comparisons.values,
      centeringValues: centerings.values,
      gradient: zip(comparisons, centerings).map { $0 + $1 }.gradient,
      chosenScores: chosen, rejectedScores: rejected)
  }

  /// −q log σ(Δ − m) − (1 − q) log σ(−Δ), and its derivative −q σ(m − Δ) + (1 − q) σ(Δ) by Δ.
  private func comparison(
    scoreMargin: Double, demanded margin: Double, chosenProbability: Double
  ) -> PairTerm {
    let surplus = scoreMargin - margin
    let doubt = 1 - chosenProbability
    return PairTerm(
      value: -damped(logSigmoid(surplus), by: chosenProbability)
        - damped(logSigmoid(-scoreMargin), by: doubt),
      margin: -chosenProbability * sigmoid(-surplus) + doubt * sigmoid(scoreMargin))
  }

  /// c (r_w + r_l)², and its derivative 2 c (r_w + r_l) by either score.
  private func term(centering sum: Double) -> PairTerm {
    let slope = 2 * centering * sum
    return PairTerm(value: centering * sum * sum, chosen: slope, rejected: slope)
  }
}
