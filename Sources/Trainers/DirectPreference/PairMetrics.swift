internal import LanguageModels
internal import Objectives
internal import RunRecords

/// Sums of what is measured on preference pairs, so that micro-batches of any size, and steps
/// between two lines of the log, average to the same.
struct PairMetrics: StepMetrics {
  private var pairs = 0
  private var loss = 0.0
  private var chosenRewards = 0.0
  private var rejectedRewards = 0.0
  private var accuracies = 0.0
  private var chosenLogProbabilities = 0.0
  private var rejectedLogProbabilities = 0.0
  private var entropy = 0.0
  private var tokens = 0
  private var topChosenTokens = 0
  private var chosenTokens = 0

  var meanLoss: Double { loss / Double(pairs) }

  /// Adds pairs with what the policy says about them and what the objective makes of that.
  mutating func add(_ part: ScoredPairs, _ outcome: DPOOutcome) {
    let (scored, policy) = (part.scored, part.logProbabilities)
    pairs += policy.count
    loss += outcome.values.reduce(0, +)
    chosenRewards += outcome.chosenRewards.reduce(0, +)
    rejectedRewards += outcome.rejectedRewards.reduce(0, +)
    accuracies += outcome.rewardAccuracies.reduce(0, +)
    chosenLogProbabilities += policy.chosen.reduce(0, +)
    rejectedLogProbabilities += policy.rejected.reduce(0, +)
    entropy += scored.entropies.reduce(0) { $0 + Double($1) }
    tokens += scored.entropies.count
    for (side, span) in part.sequences.spans.enumerated() where side.isMultiple(of: 2) {
      chosenTokens += span.count
      topChosenTokens += scored.isTop[span].count { $0 }
    }
  }

  mutating func add(_ other: PairMetrics) {
    pairs += other.pairs
    loss += other.loss
    chosenRewards += other.chosenRewards
    rejectedRewards += other.rejectedRewards
    accuracies += other.accuracies
    chosenLogProbabilities += other.chosenLogProbabilities
    rejectedLogProbabilities += other.rejectedLogProbabilities
    entropy += other.entropy
    tokens += other.tokens
    topChosenTokens += other.topChosenTokens
    chosenTokens += other.chosenTokens
  }

  /// The means, under TRL's names.
  var values: [MetricName: Double] {
    let count = Double(pairs)
    return [
      .loss: loss / count,
      .chosenReward: chosenRewards / count,
      .rejectedReward: rejectedRewards / count,
      .rewardMargin: (chosenRewards - rejectedRewards) / count,
      .rewardAccuracy: accuracies / count,
      .chosenLogProbability: chosenLogProbabilities / count,
      .rejectedLogProbability: rejectedLogProbabilities / count,
      .entropy: entropy / Double(max(1, tokens)),
      .meanTokenAccuracy: Double(topChosenTokens) / Double(max(1, chosenTokens)),
    ]
  }
}
