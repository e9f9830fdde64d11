/// The settings of group relative policy optimization.
///
///     var configuration = GRPOConfiguration()
///     configuration.model = "runs/sft"
///     configuration.prompts.files = ["prompts.jsonl"]
///     configuration.reward.models = ["runs/reward"]
///     try configuration.validate()
public struct GRPOConfiguration: OnPolicyConfiguration {
  /// The method that these are the settings of.
  public static let method = TrainingMethod.grpo

  /// The directory of the model to train.
  public var model: String?
  /// What is answered.
  public var prompts = PromptConfiguration()
  /// What answers are worth.
  public var reward = RewardSourceConfiguration()
  /// How answers are sampled.
  public var rollout = RolloutConfiguration(generations: 8)
  /// What is minimised.
  public var lossType = GRPOLossChoice.dapo
  /// By which deviation advantages are divided.
  public var scaleRewards = RewardScaleChoice.group
  /// Whose ratio is taken.
  public var importanceSamplingLevel = ImportanceLevelChoice.token
  /// ε below 1, and above it where there is no ``epsilonHigh``.
  public var epsilon = 0.2
  /// ε above 1; for `cispo` the largest weight of a token.
  public var epsilonHigh: Double?
  /// δ of two-sided clipping.
  public var delta: Double?
  /// How often a rollout is gone through.
  public var iterations = 1
  /// Optimizer batches of a rollout.
  public var stepsPerGeneration = 1
  /// How the policy is held to the reference.
  public var divergence = DivergenceConfiguration(beta: 0, estimator: .k3)
  /// Who watches.
  public var watch = WatchConfiguration()
  /// How weights are updated.
  public var optimizer = OptimizerConfiguration(learningRate: 1e-6)
  /// How many completions a step sees, and how many steps there are.
  public var batches = BatchConfiguration()
  /// Where the run is recorded, and what makes it repeatable.
  public var run = RunConfiguration()

  /// Every setting at its default.
  public init() {}

  /// What a step samples and how often it learns from it.
  public var updates: RolloutUpdates {
    RolloutUpdates(
      completions: batches.itemsPerStep * stepsPerGeneration, batches: stepsPerGeneration,
      passes: iterations)
  }

  /// All settings of `attune grpo`.
  public static let settings: [Setting<Self>] =
    [
      Setting(
        "model", \.model, isRequired: true, placeholder: "directory",
        "Model to train: a Hugging Face checkpoint.")
    ]
    + PromptConfiguration.settings.map { $0.within(\.prompts) }
    + RewardSourceConfiguration.settings.map { $0.within(\.reward) }
    + RolloutConfiguration.settings.map { $0.within(\.rollout) }
    + lossSettings
    + DivergenceConfiguration.settings.map { $0.within(\.divergence) }
    + WatchConfiguration.settings.map { $0.within(\.watch) }
    + OptimizerConfiguration.settings.map { $0.within(\.optimizer) }
    + BatchConfiguration.rolloutSettings.map { $0.within(\.batches) }
    + RunConfiguration.settings.map { $0.within(\.run) }

  /// The settings that say what is minimised.
  private static let lossSettings: [Setting<Self>] = [
    Setting("loss_type", \.lossType, "How the losses of tokens become one."),
    Setting(
      "scale_rewards", \.scaleRewards,
      "By which standard deviation advantages are divided: of the group, of the batch, or by none."),
    Setting(
      "importance_sampling_level", \.importanceSamplingLevel,
      "Whose ratio of policy and sampling policy it is: each token's, or its whole sequence's."),
    Setting(
      "epsilon", \.epsilon, allowed: .within(0, 1),
      "How far below 1 a ratio may fall, and rise above it where there is no epsilon_high."),
    Setting(
      "epsilon_high", \.epsilonHigh, allowed: .above(0),
      "How far above 1 a ratio may rise; with cispo, the largest weight of a token (default 5)."),
    Setting(
      "delta", \.delta, allowed: .above(1),
      "Ratio above which a token of negative advantage is not pushed down further; above 1 + epsilon."
    ),
    Setting(
      "num_iterations", \.iterations, allowed: .atLeast(1), "How often a rollout is gone through."),
    Setting(
      "steps_per_generation", \.stepsPerGeneration, allowed: .atLeast(1),
      "Optimizer batches that are sampled together."),
  ]
}

/// The losses of the family, under TRL's names; `GRPOLoss` in `Objectives` has their formulas.
public enum GRPOLossChoice: String, SettingChoice {
  /// The mean over each completion, then over completions.
  case grpo
  /// The mean over the tokens of the optimizer batch.
  case bnpo
  /// The sum over the longest that completions could be.
  case drGRPO = "dr_grpo"
  /// The mean over the tokens of the rollout.
  case dapo
  /// The same, with a bounded weight in place of a clipped ratio.
  case cispo
}

/// By which standard deviation advantages are divided.
public enum RewardScaleChoice: String, SettingChoice {
  /// That of the group's rewards.
  case group
  /// That of all rewards of the batch.
  case batch
  /// None.
  case none
}

/// Whose ratio is taken.
public enum ImportanceLevelChoice: String, SettingChoice {
  /// Each token's.
  case token
  /// That of the whole completion.
  case sequence
}
