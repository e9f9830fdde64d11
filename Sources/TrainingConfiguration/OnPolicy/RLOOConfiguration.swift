public import Objectives

/// The settings of REINFORCE with a leave-one-out baseline.
public struct RLOOConfiguration: OnPolicyConfiguration {
  /// The method that these are the settings of.
  public static let method = TrainingMethod.rloo

  /// The directory of the model to train.
  public var model: String?
  /// What is answered.
  public var prompts = PromptConfiguration()
  /// What answers are worth.
  public var reward = RewardSourceConfiguration()
  /// How answers are sampled.
  public var rollout = RolloutConfiguration(generations: 2)
  /// Whether advantages are standardised over the rollout.
  public var normalizesAdvantages = false
  /// ε below 1, and above it where there is no ``epsilonHigh``.
  public var epsilon = 0.2
  /// ε above 1.
  public var epsilonHigh: Double?
  /// How often a rollout is gone through.
  public var iterations = 1
  /// Optimizer batches of a rollout.
  public var stepsPerGeneration = 1
  /// How the policy is held to the reference.
  public var divergence = DivergenceConfiguration(beta: 0.05, estimator: .k1)
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

  /// The loss that these settings describe.
  public var loss: RLOOLoss { RLOOLoss(clipRange: ClipRange(epsilon, high: epsilonHigh)) }

  /// How advantages are taken.
  public var advantages: GroupAdvantages {
    GroupAdvantages(.leaveOneOut(normalizesAdvantages ? .batch : .none))
  }

  /// Settings that do not go together, and settings that would have no effect.
  public var conflicts: [SettingProblem] {
    sharedConflicts + groupConflicts(generations: rollout.generations)
  }

  /// All settings of `attune rloo`.
  public static let settings: [Setting<Self>] =
    [
      Setting(
        "model", \.model, isRequired: true, placeholder: "directory",
        "Model to train: a Hugging Face checkpoint.")
    ]
    + PromptConfiguration.settings.map { $0.within(\.prompts) }
    + RewardSourceConfiguration.settings.map { $0.within(\.reward) }
    + RolloutConfiguration.settings.map { $0.within(\.rollout) }
    + [
      Setting(
        "normalize_advantages", \.normalizesAdvantages,
        "Whether advantages are standardised over the rollout."),
      Setting(
        "epsilon", \.epsilon, allowed: .within(0, 1),
        "How far below 1 a ratio may fall, and rise above it where there is no epsilon_high."),
      Setting(
        "epsilon_high", \.epsilonHigh, allowed: .above(0), "How far above 1 a ratio may rise."),
      Setting(
        "num_iterations", \.iterations, allowed: .atLeast(1), "How often a rollout is gone through."
      ),
      Setting(
        "steps_per_generation", \.stepsPerGeneration, allowed: .atLeast(1),
        "Optimizer batches that are sampled together."),
    ]
    + DivergenceConfiguration.settings.map { $0.within(\.divergence) }
    + WatchConfiguration.settings.map { $0.within(\.watch) }
    + OptimizerConfiguration.settings.map { $0.within(\.optimizer) }
    + BatchConfiguration.rolloutSettings.map { $0.within(\.batches) }
    + RunConfiguration.settings.map { $0.within(\.run) }
}
