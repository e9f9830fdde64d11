public import Objectives

/// The settings of REINFORCE with a baseline.
public struct ReinforceConfiguration: OnPolicyConfiguration {
  /// The method that these are the settings of.
  public static let method = TrainingMethod.reinforce

  /// The directory of the model to train.
  public var model: String?
  /// What is answered.
  public var prompts = PromptConfiguration()
  /// What answers are worth.
  public var reward = RewardSourceConfiguration()
  /// How answers are sampled.
  public var rollout = RolloutConfiguration(generations: 1)
  /// What is subtracted from rewards.
  public var baseline = BaselineChoice.batch
  /// How much each batch weighs beside the one after it, in the running baseline.
  public var baselineDecay = 0.9
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

  /// One update a rollout: after it, what was sampled is another policy's.
  public var updates: RolloutUpdates {
    RolloutUpdates(completions: batches.itemsPerStep, batches: 1, passes: 1)
  }

  /// The baseline that these settings describe.
  public var baselineKind: ReinforceBaseline.Kind {
    switch baseline {
    case .batch: .batchNormalized
    case .running: .running(decay: baselineDecay)
    }
  }

  /// Settings that do not go together, and settings that would have no effect.
  public var conflicts: [SettingProblem] { sharedConflicts + baselineConflicts }

  private var baselineConflicts: [SettingProblem] {
    var problems: [SettingProblem] = []
    if baseline == .batch, baselineDecay != ReinforceConfiguration().baselineDecay {
      problems.append(
        SettingProblem(
          setting: "baseline_decay",
          message:
            "baseline_decay is \(baselineDecay), but baseline batch does not use it; leave it out, "
            + "or use baseline running"))
    }
    if baseline == .batch, updates.completions < 2 {
      problems.append(
        SettingProblem(
          setting: "baseline",
          message:
            "baseline is batch, but a batch of one completion has nothing to be compared with; give "
            + "a larger batch_size, or baseline running"))
    }
    return problems
  }

  /// All settings of `attune reinforce`.
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
        "baseline", \.baseline,
        "What rewards are compared with: the batch, standardised, or a running mean of earlier batches."
      ),
      Setting(
        "baseline_decay", \.baselineDecay, allowed: .within(0, 1),
        "How much each batch weighs beside the one after it, in the running baseline."),
    ]
    + DivergenceConfiguration.settings.map { $0.within(\.divergence) }
    + WatchConfiguration.settings.map { $0.within(\.watch) }
    + OptimizerConfiguration.settings.map { $0.within(\.optimizer) }
    + BatchConfiguration.rolloutSettings.map { $0.within(\.batches) }
    + RunConfiguration.settings.map { $0.within(\.run) }
}

/// What rewards are compared with.
public enum BaselineChoice: String, SettingChoice {
  /// The batch: its rewards are brought to a mean of 0 and a deviation of 1.
  case batch
  /// The mean of earlier batches.
  case running
}
