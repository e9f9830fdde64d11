public import Objectives

/// The settings of proximal policy optimization.
public struct PPOConfiguration: OnPolicyConfiguration {
  /// The method that these are the settings of.
  public static let method = TrainingMethod.ppo

  /// The directory of the model to train.
  public var model: String?
  /// What is answered.
  public var prompts = PromptConfiguration()
  /// What answers are worth.
  public var reward = RewardSourceConfiguration()
  /// How answers are sampled.
  public var rollout = RolloutConfiguration(generations: 1)
  /// What reads the values.
  public var valueBackbone = ValueBackboneChoice.shared
  /// The directory of a reward model that the value function starts from.
  public var valueModel: String?
  /// How often a rollout is gone through.
  public var epochsPerRollout = 4
  /// Optimizer batches of a rollout.
  public var minibatches = 1
  /// ε of the policy's ratios.
  public var clipRange = 0.2
  /// ε of the values; `nil` for no clipping.
  public var valueClipRange: Double? = 0.2
  /// What the value loss counts.
  public var valueCoefficient = 0.1
  /// What a nat of entropy is worth.
  public var entropyCoefficient = 0.0
  /// γ.
  public var discount = 1.0
  /// λ.
  public var trace = 0.95
  /// Whether rewards are brought to a deviation of 1, their mean kept.
  public var whitensRewards = false
  /// The KL from the policy that sampled, in nats a token, beyond which a rollout is left, also in the middle
  /// of a pass.
  public var targetKL: Double?
  /// How the policy is held to the reference.
  public var divergence = DivergenceConfiguration(beta: 0.05, estimator: .k1)
  /// Who watches.
  public var watch = WatchConfiguration()
  /// How weights are updated.
  public var optimizer = OptimizerConfiguration(learningRate: 3e-6)
  /// How many completions a step sees, and how many steps there are.
  public var batches = BatchConfiguration()
  /// Where the run is recorded, and what makes it repeatable.
  public var run = RunConfiguration()

  /// Every setting at its default.
  public init() {}

  /// What a step samples and how often it learns from it.
  public var updates: RolloutUpdates {
    RolloutUpdates(
      completions: batches.itemsPerStep, batches: minibatches, passes: epochsPerRollout)
  }

  /// How advantages are estimated.
  public var advantages: GeneralizedAdvantageEstimation {
    GeneralizedAdvantageEstimation(discount: discount, trace: trace)
  }

  /// Settings that do not go together, and settings that would have no effect.
  public var conflicts: [SettingProblem] { sharedConflicts + valueConflicts + stoppingConflicts }

  private var valueConflicts: [SettingProblem] {
    guard let valueModel, valueBackbone == .shared else { return [] }
    return [
      SettingProblem(
        setting: "value_model",
        message:
          "value_model is '\(valueModel)', but value_backbone is shared, so that the policy itself "
          + "reads the values; give value_backbone own, or leave value_model out")
    ]
  }

  private var stoppingConflicts: [SettingProblem] {
    guard let targetKL, updates.count == 1 else { return [] }
    return [
      SettingProblem(
        setting: "target_kl",
        message:
          "target_kl is \(targetKL), but a rollout has one update, before which nothing has moved; "
          + "raise num_ppo_epochs or num_mini_batches, or leave target_kl out")
    ]
  }

  /// All settings of `attune ppo`.
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
    Setting(
      "value_backbone", \.valueBackbone,
      "What reads the values: the policy's own hidden states, or a transformer apart."),
    Setting(
      "value_model", \.valueModel, placeholder: "directory",
      "Reward model that a value function of its own starts from. Without it: the policy, with a head "
        + "of zeros."),
    Setting(
      "num_ppo_epochs", \.epochsPerRollout, allowed: .atLeast(1),
      "How often a rollout is gone through."),
    Setting(
      "num_mini_batches", \.minibatches, allowed: .atLeast(1), "Optimizer batches of a rollout."),
    Setting(
      "cliprange", \.clipRange, allowed: .within(0, 1), "How far a ratio may move from 1."),
    Setting(
      "cliprange_value", \.valueClipRange, allowed: .atLeast(0),
      "How far a value may move from that of the time of sampling; null for any distance."),
    Setting("vf_coef", \.valueCoefficient, allowed: .atLeast(0), "What the value loss counts."),
    Setting(
      "entropy_coef", \.entropyCoefficient, allowed: .atLeast(0),
      "What a nat of entropy is worth, a token."),
    Setting(
      "gamma", \.discount, allowed: .within(0, 1), "What a reward is worth one token later."),
    Setting(
      "lam", \.trace, allowed: .within(0, 1),
      "How far rewards are trusted beyond the next value: 0 for that value alone, 1 for rewards alone."
    ),
    Setting(
      "whiten_rewards", \.whitensRewards,
      "Whether the rewards of tokens are brought to a deviation of 1, their mean kept."),
    Setting(
      "target_kl", \.targetKL, allowed: .above(0),
      "KL from the policy that sampled, in nats a token, beyond which a rollout is left."),
  ]
}

/// What reads the values.
public enum ValueBackboneChoice: String, SettingChoice {
  /// The policy's own hidden states, which the value loss moves too.
  case shared
  /// A transformer of its own.
  case own
}
