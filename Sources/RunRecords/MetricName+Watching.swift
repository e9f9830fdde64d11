/// What is watched while a policy learns from a reward: evaluations on the same held-out prompts,
/// logged under these names ``onEvaluation``, first before training, as step 0.
extension MetricName {
  /// Mean gold score of completions: that of a judge who has no part in training, in the judge's unit.
  public static let gold = MetricName(rawValue: "gold")
  /// Share, from 0 to 1, of different ones among all pairs of neighbouring words of all completions.
  public static let distinctPairs = MetricName(rawValue: "distinct_2")
  /// Mean share, from 0 to 1, of the n-grams of a completion that it holds already.
  public static let repetition = MetricName(rawValue: "repetition")
  /// How alike completions of different prompts are, from 0 to 1.
  public static let selfSimilarity = MetricName(rawValue: "self_similarity")
  /// Share, from 0 to 1, of keywords among all words.
  public static let keywordDensity = MetricName(rawValue: "keyword_density")
  /// Mean over completions of the variance of the scores that the members of an ensemble give, in
  /// squared units of the reward.
  public static let rewardVariance = MetricName(rawValue: "reward_variance")
}
