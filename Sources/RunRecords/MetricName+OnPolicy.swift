/// What is measured on completions that the policy sampled, under the names of TRL's GRPO, RLOO and PPO.
///
/// Means of rewards are over completions that have one, lengths over all, and what is of tokens over real
/// tokens; TRL averages some of them over padding too.
extension MetricName {
  // MARK: Completions

  /// Mean tokens of a completion, its end of sequence among them.
  public static let meanLength = MetricName(rawValue: "completions/mean_length")
  /// Tokens of the shortest completion.
  public static let minimumLength = MetricName(rawValue: "completions/min_length")
  /// Tokens of the longest completion.
  public static let maximumLength = MetricName(rawValue: "completions/max_length")
  /// Mean tokens of the completions that ended by themselves; 0 for none.
  public static let meanTerminatedLength = MetricName(
    rawValue: "completions/mean_terminated_length")
  /// Tokens of the shortest completion that ended by itself; 0 for none.
  public static let minimumTerminatedLength = MetricName(
    rawValue: "completions/min_terminated_length")
  /// Tokens of the longest completion that ended by itself; 0 for none.
  public static let maximumTerminatedLength = MetricName(
    rawValue: "completions/max_terminated_length")
  /// Fraction of completions, from 0 to 1, that the limit of length has cut.
  public static let clippedRatio = MetricName(rawValue: "completions/clipped_ratio")

  // MARK: Rewards

  /// Mean total reward of a completion, without the KL penalty. Higher is better for the policy.
  public static let reward = MetricName(rawValue: "reward")
  /// Standard deviation (n − 1) of the rewards of all completions of a step.
  public static let rewardDeviation = MetricName(rawValue: "reward_std")
  /// Fraction of groups, from 0 to 1, whose rewards are all equal, so that they teach nothing.
  public static let zeroDeviationFraction = MetricName(rawValue: "frac_reward_zero_std")
  /// Mean of one source's scores, before normalization and weight.
  public static func rewardMean(of source: String) -> MetricName {
    MetricName(rawValue: "rewards/\(source)/mean")
  }
  /// Standard deviation (n − 1) of one source's scores.
  public static func rewardDeviation(of source: String) -> MetricName {
    MetricName(rawValue: "rewards/\(source)/std")
  }

  // MARK: Divergence

  /// The estimate of KL(π‖π_ref), in nats: while training the mean over tokens, as in TRL; on held-out
  /// prompts the mean over completions of the sum over tokens. With `kto`, its z: from mismatched
  /// completions, in nats a completion, at least 0.
  public static let divergence = MetricName(rawValue: "kl")
  /// Mean over completions of Σ_t (log π − log π_ref), in nats: what KL controllers see.
  public static let objectiveDivergence = MetricName(rawValue: "objective/kl")
  /// β, the KL coefficient of the step, in reward per nat.
  public static let divergenceCoefficient = MetricName(rawValue: "beta")

  // MARK: Sampling

  /// Mean over tokens of |log π_trainer − log π_sampler| before the first update, in nats: 0 but for
  /// rounding.
  public static let samplingDifferenceMean = MetricName(
    rawValue: "sampling/sampling_logp_difference/mean")
  /// The largest such difference.
  public static let samplingDifferenceMaximum = MetricName(
    rawValue: "sampling/sampling_logp_difference/max")
  /// The smallest ratio π_trainer / π_sampler of a token before the first update: 1 but for rounding.
  public static let samplingRatioMinimum = MetricName(
    rawValue: "sampling/importance_sampling_ratio/min")
  /// The mean of those ratios.
  public static let samplingRatioMean = MetricName(
    rawValue: "sampling/importance_sampling_ratio/mean")
  /// The largest of them.
  public static let samplingRatioMaximum = MetricName(
    rawValue: "sampling/importance_sampling_ratio/max")

  // MARK: Clipping

  /// Fraction of ratios below the range whose advantage is negative.
  public static let lowClipMean = MetricName(rawValue: "clip_ratio/low_mean")
  /// The smallest such fraction of a sequence.
  public static let lowClipMinimum = MetricName(rawValue: "clip_ratio/low_min")
  /// Fraction of ratios above the range whose advantage is positive.
  public static let highClipMean = MetricName(rawValue: "clip_ratio/high_mean")
  /// The largest such fraction of a sequence.
  public static let highClipMaximum = MetricName(rawValue: "clip_ratio/high_max")
  /// Fraction of ratios that are clipped.
  public static let clipMean = MetricName(rawValue: "clip_ratio/region_mean")
  /// With `cispo`, the fraction of tokens of positive advantage whose weight is bounded.
  public static let boundedWeights = MetricName(rawValue: "cispo_clip_ratio")

  // MARK: Proximal policy optimization

  /// Mean over completions of Σ_t −log π(y_t), in nats.
  public static let objectiveEntropy = MetricName(rawValue: "objective/entropy")
  /// Mean over completions of Σ_t −β KL_t.
  public static let nonScoreReward = MetricName(rawValue: "objective/non_score_reward")
  /// Mean over completions of the score and the KL penalty together.
  public static let rlhfReward = MetricName(rawValue: "objective/rlhf_reward")
  /// Mean score of a completion.
  public static let objectiveScores = MetricName(rawValue: "objective/scores")
  /// Mean over tokens and updates of (log π − log π_old)² / 2, in nats.
  public static let approximateDivergence = MetricName(rawValue: "policy/approxkl_avg")
  /// Fraction of tokens whose ratio is clipped.
  public static let policyClipFraction = MetricName(rawValue: "policy/clipfrac_avg")
  /// Mean entropy of the next-token distribution, in nats.
  public static let policyEntropy = MetricName(rawValue: "policy/entropy_avg")
  /// Mean clipped surrogate.
  public static let policyLoss = MetricName(rawValue: "loss/policy_avg")
  /// Mean value loss, before its coefficient.
  public static let valueLoss = MetricName(rawValue: "loss/value_avg")
  /// Fraction of tokens whose value is clipped.
  public static let valueClipFraction = MetricName(rawValue: "val/clipfrac_avg")
  /// Mean ratio π / π_old of a token over all updates.
  public static let meanRatio = MetricName(rawValue: "val/ratio")
  /// Variance of the ratios.
  public static let ratioVariance = MetricName(rawValue: "val/ratio_var")
  /// Completions of a step that ended by themselves. A count.
  public static let endCount = MetricName(rawValue: "val/num_eos_tokens")
  /// Completions sampled since the start. A count.
  public static let episode = MetricName(rawValue: "episode")
  /// Updates of a step that were done: fewer than planned where the KL ended it. A count.
  public static let updates = MetricName(rawValue: "updates")
}
