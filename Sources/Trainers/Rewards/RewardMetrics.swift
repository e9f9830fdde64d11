internal import RunRecords

/// Sums of what is measured on judged completions.
struct RewardMetrics: StepMetrics {
  private var items = 0
  private var loss = 0.0
  private var agreements = 0
  private var comparisons = 0
  private var margins = 0.0
  private var scores = 0.0
  private var scoreCount = 0
  private var lowest: Double?
  private var highest: Double?
  private var penalty = 0.0
  private var penalties = 0

  var meanLoss: Double { loss / Double(items) + meanPenalty }

  /// The sum of squares of the weights, times its coefficient; a mean over steps.
  private var meanPenalty: Double { penalties > 0 ? penalty / Double(penalties) : 0 }

  /// Adds a judgment.
  ///
  /// - Parameters:
  ///   - judgment: What was said about completions.
  ///   - scores: One score a completion; of an ensemble, the mean of its members'.
  ///   - loss: The loss; of an ensemble, the mean of its members'.
  mutating func add(_ judgment: RewardJudgment, scores: [Double], loss: Double) {
    items += 1
    self.loss += loss
    let (agreements, comparisons) = judgment.agreement(scores)
    self.agreements += agreements
    self.comparisons += comparisons
    margins += judgment.margin(scores)
    self.scores += scores.reduce(0, +)
    scoreCount += scores.count
    lowest = [lowest, scores.min()].compactMap(\.self).min()
    highest = [highest, scores.max()].compactMap(\.self).max()
  }

  /// Adds the squares of a step's weights.
  mutating func add(weightPenalty: Double) {
    penalty += weightPenalty
    penalties += 1
  }

  mutating func add(_ other: RewardMetrics) {
    items += other.items
    loss += other.loss
    agreements += other.agreements
    comparisons += other.comparisons
    margins += other.margins
    scores += other.scores
    scoreCount += other.scoreCount
    lowest = [lowest, other.lowest].compactMap(\.self).min()
    highest = [highest, other.highest].compactMap(\.self).max()
    penalty += other.penalty
    penalties += other.penalties
  }

  /// The means, under TRL's names.
  var values: [MetricName: Double] {
    var values: [MetricName: Double] = [
      .loss: meanLoss,
      .accuracy: Double(agreements) / Double(max(1, comparisons)),
      .margin: margins / Double(items),
      .meanScore: scores / Double(scoreCount),
    ]
    values[.lowestScore] = lowest
    values[.highestScore] = highest
    if penalties > 0 { values[.weightPenalty] = meanPenalty }
    return values
  }
}
