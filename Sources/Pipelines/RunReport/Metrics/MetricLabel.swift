internal import Reports
internal import RunRecords

/// How a logged number is called and drawn.
struct MetricLabel: Sendable, Hashable {
  /// What was measured.
  let title: String
  /// The axis, with its unit.
  let axis: ChartAxis

  /// The label of a metric; that of held-out data is that of training. A metric of one's own goes by its
  /// name.
  init(_ metric: MetricName) {
    let metric = metric.onTraining
    if let (title, unit, format) = Self.known[metric.rawValue] {
      self.title = title
      axis = ChartAxis(unit, format: format)
    } else if let source = metric.rewardSource {
      title = "Scores by \(source)"
      axis = ChartAxis("score")
    } else {
      title = metric.rawValue
      axis = ChartAxis(metric.rawValue)
    }
  }

  /// A value in the words of its axis.
  func words(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
    switch axis.format {
    case .percent: return NumberLabel.percent(value)
    case .count: return NumberLabel.fixed(value, decimals: 0)
    case .number: return NumberLabel.significant(value)
    }
  }

  private static let known: [String: (title: String, unit: String, format: ChartAxis.Format)] = [
    MetricName.loss.rawValue: ("Loss", "loss", .number),
    MetricName.negativeLogLikelihood.rawValue: ("Negative log likelihood", "nats a token", .number),
    MetricName.perplexity.rawValue: ("Perplexity", "perplexity", .number),
    MetricName.natsPerCharacter.rawValue: ("Nats a character", "nats a character", .number),
    MetricName.meanTokenAccuracy.rawValue: (
      "Tokens guessed right", "share of tokens", .percent
    ),
    MetricName.entropy.rawValue: ("Entropy", "nats a token", .number),
    MetricName.rewardAccuracy.rawValue: ("Accuracy", "share of pairs", .percent),
    MetricName.accuracy.rawValue: ("Accuracy", "share of comparisons", .percent),
    MetricName.rewardMargin.rawValue: ("Margin of rewards", "chosen − rejected", .number),
    MetricName.margin.rawValue: ("Margin of scores", "chosen − rejected", .number),
    MetricName.chosenReward.rawValue: ("Implicit rewards", "β · log ratio", .number),
    MetricName.chosenLogProbability.rawValue: (
      "Log probabilities", "nats a completion", .number
    ),
    MetricName.meanScore.rawValue: ("Scores", "score", .number),
    MetricName.reward.rawValue: ("Reward", "mean reward", .number),
    MetricName.gold.rawValue: ("Gold score", "mean gold score", .number),
    MetricName.rewardDeviation.rawValue: ("Spread of rewards", "standard deviation", .number),
    MetricName.zeroDeviationFraction.rawValue: (
      "Groups that teach nothing", "share of groups", .percent
    ),
    MetricName.objectiveDivergence.rawValue: (
      "KL from the reference", "nats a completion", .number
    ),
    MetricName.divergence.rawValue: ("KL", "nats", .number),
    MetricName.divergenceCoefficient.rawValue: ("KL coefficient β", "reward a nat", .number),
    MetricName.meanLength.rawValue: ("Length", "tokens a completion", .number),
    MetricName.clippedRatio.rawValue: ("Cut at the limit", "share of completions", .percent),
    MetricName.distinctPairs.rawValue: ("Distinct pairs of words", "share of pairs", .percent),
    MetricName.repetition.rawValue: ("Repeated n-grams", "share of n-grams", .percent),
    MetricName.selfSimilarity.rawValue: ("Similarity across prompts", "similarity", .number),
    MetricName.keywordDensity.rawValue: ("Keywords", "share of words", .percent),
    MetricName.rewardVariance.rawValue: ("Variance of the ensemble", "variance", .number),
    MetricName.learningRate.rawValue: ("Learning rate", "learning rate", .number),
    MetricName.gradientNorm.rawValue: ("Gradient norm", "norm before clipping", .number),
    MetricName.policyLoss.rawValue: ("Policy loss", "clipped surrogate", .number),
    MetricName.valueLoss.rawValue: ("Value loss", "squared error", .number),
    MetricName.policyClipFraction.rawValue: ("Clipped ratios", "share of tokens", .percent),
    MetricName.clipMean.rawValue: ("Clipped ratios", "share of ratios", .percent),
    MetricName.approximateDivergence.rawValue: (
      "KL from the sampling policy", "nats a token", .number
    ),
  ]
}

extension MetricName {
  /// Whether it was measured on held-out data.
  var isHeldOut: Bool { self != onTraining }

  /// The metric without the mark of held-out data.
  var onTraining: MetricName {
    let prefix = MetricName(rawValue: "").onEvaluation.rawValue
    guard rawValue.hasPrefix(prefix) else { return self }
    return MetricName(rawValue: String(rawValue.dropFirst(prefix.count)))
  }

  /// The source of reward whose mean score it is.
  var rewardSource: String? {
    let parts = MetricName.rewardMean(of: "\n").rawValue.split(separator: "\n")
    guard let start = parts.first, let end = parts.last, rawValue.hasPrefix(start),
      rawValue.hasSuffix(end), rawValue.count > start.count + end.count
    else { return nil }
    return String(rawValue.dropFirst(start.count).dropLast(end.count))
  }
}
