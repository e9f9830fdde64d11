/// What judges completions: any of a reward model, a program, a server, rules and the sandbox's judge,
/// added up.
///
///     var reward = RewardSourceConfiguration()
///     reward.models = ["runs/reward"]
///     reward.rules = "rules.yaml"
///     reward.weights = [1, 0.5]
public struct RewardSourceConfiguration: TrainingSettings {
  /// Directories of reward models; several are an ensemble, and so is one with several members.
  public var models: [String] = []
  /// How the scores of an ensemble's members become one.
  public var aggregation = AggregationChoice.mean
  /// What the variance over members is multiplied by, for `uwo`.
  public var lambda = 1.0
  /// A command that reads completions and writes scores, as JSON lines.
  public var program: String?
  /// The address of a server that scores completions.
  public var endpoint: String?
  /// Seconds that a program or a server may take for a batch.
  public var timeout = 60.0
  /// A YAML file of rules.
  public var rules: String?
  /// Whether the sandbox's judge scores.
  public var usesGold = false
  /// Which sandbox world it knows.
  public var worldSeed = 0
  /// What each source counts, in the order model, program, endpoint, rules, gold; empty for 1 each.
  public var weights: [Double] = []
  /// How the scores of a model, a program or a server are brought to a common scale.
  public var normalization = RewardNormalizationChoice.none
  /// The lowest and the highest score of each reward after normalization, each rule being one; empty
  /// for no limits.
  public var clipRange: [Double] = []
  /// What a completion without an end loses, at least 0.
  public var missingEndPenalty = 0.0
  /// What becomes of the score that a model, a program or a server gives a completion which the
  /// reference finds unlikely.
  public var likelihood = LikelihoodChoice.ignored
  /// The mean log probability of a token under the reference, in nats, below which that happens.
  public var likelihoodThreshold = -3.0

  /// No source yet.
  public init() {}

  /// The settings of every command that scores completions.
  public static let settings: [Setting<Self>] = [
    Setting(
      "reward_model", \.models, placeholder: "directory",
      "Reward model directories; several are an ensemble."),
    Setting(
      "reward_aggregation", \.aggregation,
      "How the scores of an ensemble become one; uwo: mean − reward_lambda · variance."),
    Setting(
      "reward_lambda", \.lambda, allowed: .atLeast(0),
      "What the variance of an ensemble is multiplied by, for uwo."),
    Setting(
      "reward_program", \.program, placeholder: "command",
      "Command that reads JSON lines with prompt and completion and answers each with one that has "
        + "score."),
    Setting(
      "reward_endpoint", \.endpoint, placeholder: "address",
      "Server that is sent {\"rows\": […]} and answers {\"scores\": […]}; the environment variable "
        + "ATTUNE_REWARD_TOKEN has its bearer token, if it wants one."),
    Setting(
      "reward_timeout", \.timeout, allowed: .above(0),
      "Seconds that a program or a server may take for a batch."),
    Setting(
      "reward_rules", \.rules, placeholder: "file", "YAML file of rules with their weights."),
    Setting("reward_gold", \.usesGold, "Whether the judge of the sandbox world scores."),
    Setting(
      "world_seed", \.worldSeed, allowed: .atLeast(0), "Which sandbox world: what is true in it."),
    Setting(
      "reward_weights", \.weights, placeholder: "number",
      "What each source counts, in the order model, program, endpoint, rules, gold. Without it: 1."),
    Setting(
      "reward_normalization", \.normalization,
      "z-scores of a model, a program or a server: by the mean and deviation that the reward model "
        + "stores, or by those of all scores so far."),
    Setting(
      "reward_clip_range", \.clipRange, placeholder: "number",
      "Lowest and highest score of each reward, after normalization; each rule is one. Without it: no "
        + "limits."),
    Setting(
      "missing_eos_penalty", \.missingEndPenalty, allowed: .atLeast(0),
      "What a completion that did not end by itself loses."),
    Setting(
      "reward_likelihood", \.likelihood,
      "Completions that the reference finds unlikely: scaled shrinks their scores by a model, a program "
        + "or a server towards 0, filtered gives them none."),
    Setting(
      "reward_likelihood_threshold", \.likelihoodThreshold,
      "Mean log probability of a token under the reference, in nats, below which they are unlikely."
    ),
  ]

  /// How many sources there are.
  public var sourceCount: Int {
    [!models.isEmpty, program != nil, endpoint != nil, rules != nil, usesGold].count { $0 }
  }

  /// Whether completions must come with their likelihood under the reference.
  public var needsReference: Bool { likelihood != .ignored }
}

/// How the scores of an ensemble's members become one.
public enum AggregationChoice: String, SettingChoice {
  /// Their mean.
  case mean
  /// The lowest.
  case min
  /// Their median.
  case median
  /// Their mean minus a multiple of their variance.
  case uwo
}

/// How scores are brought to a common scale.
public enum RewardNormalizationChoice: String, SettingChoice {
  /// As they are.
  case none
  /// By the mean and deviation that the reward model stores of its own data.
  case stored
  /// By the mean and deviation of all scores so far.
  case running
}

/// What becomes of the score of a completion that the reference finds unlikely.
public enum LikelihoodChoice: String, SettingChoice {
  /// Nothing.
  case ignored = "none"
  /// It shrinks towards 0.
  case scaled
  /// The completion has none.
  case filtered
}
