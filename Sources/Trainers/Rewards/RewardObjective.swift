internal import Objectives
internal import TrainingConfiguration

/// The losses of a reward model on judged completions: Bradley and Terry's for pairs, Plackett and
/// Luce's or that of all pairs for rankings, and what holds scores to 0 and to those of their copies.
struct RewardObjective {
  private let pairLoss: PairwiseRewardLoss
  private let rankingLoss: RankingLoss
  private let smoothness: SmoothnessPenalty

  /// The objective that a configuration describes.
  init(_ configuration: RewardConfiguration) {
    let centering = configuration.centerRewardsCoefficient ?? 0
    pairLoss = PairwiseRewardLoss(margin: configuration.margin, centering: centering)
    rankingLoss = RankingLoss(
      configuration.rankingLoss == .plackettLuce ? .plackettLuce : .allPairs, centering: centering)
    smoothness = SmoothnessPenalty(coefficient: configuration.smoothnessCoefficient)
  }

  /// What the objective says about one judgment.
  struct Outcome: Equatable {
    /// The loss, its weight included.
    var value: Double
    /// Its derivative by the score of each completion, and then of each copy.
    var gradient: [Double]
  }

  /// The loss of a judgment and its derivative by the scores.
  ///
  /// - Parameters:
  ///   - judgment: What was said.
  ///   - scores: One score a completion, and then one a copy.
  ///   - weight: How much it counts.
  /// - Returns: Loss and gradient.
  func outcome(of judgment: RewardJudgment, scores: [Double], weight: Double) -> Outcome {
    let count = judgment.completions
    let originals = Array(scores.prefix(count))
    var outcome = comparison(judgment.order, originals, weight: weight)
    if judgment.copies > 0 {
      let penalty = smoothness.evaluate(
        scores: originals, perturbed: Array(scores.dropFirst(count)),
        weights: Array(repeating: weight, count: count))
      outcome.value += penalty.values.reduce(0, +)
      outcome.gradient = zip(outcome.gradient, penalty.byScore).map { $0 + $1 }
      outcome.gradient += penalty.byPerturbedScore
    }
    return outcome
  }

  private func comparison(
    _ order: RewardJudgment.Order, _ scores: [Double], weight: Double
  ) -> Outcome {
    switch order {
    case .pair(let margin, let probability):
      let outcome = pairLoss.evaluate(
        chosen: [scores[0]], rejected: [scores[1]], margins: [margin], weights: [weight],
        chosenProbabilities: [probability])
      return Outcome(
        value: outcome.values[0],
        gradient: [outcome.gradient.chosen[0], outcome.gradient.rejected[0]])
    case .ranking(let ranks):
      let outcome = rankingLoss.evaluate(
        [RankedScores(scores: scores, ranks: ranks)], weights: [weight])
      return Outcome(value: outcome.values[0], gradient: outcome.gradient[0])
    }
  }
}
