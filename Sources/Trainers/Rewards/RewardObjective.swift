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

  /// What the objective says about one item.
  struct Outcome: Equatable {
    /// The loss, its weight included.
    var value: Double
    /// Its derivative by the score of each sequence, and then of each copy.
    var gradient: [Double]
  }

  /// The loss of an item and its derivative by the scores.
  ///
  /// - Parameters:
  ///   - item: Judged completions.
  ///   - scores: One score a sequence, and then one a copy.
  ///   - weight: How much the item counts.
  /// - Returns: Loss and gradient.
  func outcome(of item: RewardItem, scores: [Double], weight: Double) -> Outcome {
    let count = item.sequences.count
    let originals = Array(scores.prefix(count))
    var outcome = comparison(item.judgment, originals, weight: weight)
    if !item.copies.isEmpty {
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
    _ judgment: RewardItem.Judgment, _ scores: [Double], weight: Double
  ) -> Outcome {
    switch judgment {
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

extension RewardItem {
  /// How many of the judged differences scores agree with, and how many there are. Equal scores
  /// agree with none.
  func agreement(_ scores: [Double]) -> (agreements: Int, comparisons: Int) {
    let ranks =
      switch judgment {
      case .pair: [1, 2]
      case .ranking(let ranks): ranks
      }
    var counts = (agreements: 0, comparisons: 0)
    for better in ranks.indices {
      for worse in ranks.indices where ranks[better] < ranks[worse] {
        counts.comparisons += 1
        if scores[better] > scores[worse] { counts.agreements += 1 }
      }
    }
    return counts
  }

  /// The score of the best completion minus that of the worst.
  func margin(_ scores: [Double]) -> Double {
    switch judgment {
    case .pair: return scores[0] - scores[1]
    case .ranking(let ranks):
      let places = ranks.indices.sorted { ranks[$0] < ranks[$1] }
      return scores[places[0]] - scores[places[places.count - 1]]
    }
  }
}
