/// The settings of a method that learns from what the policy itself says: what all of them have.
public protocol OnPolicyConfiguration: MethodConfiguration {
  /// What is answered.
  var prompts: PromptConfiguration { get }
  /// What answers are worth.
  var reward: RewardSourceConfiguration { get }
  /// How answers are sampled.
  var rollout: RolloutConfiguration { get }
  /// How the policy is held to the reference.
  var divergence: DivergenceConfiguration { get }
  /// Who watches.
  var watch: WatchConfiguration { get }
  /// What a step samples and how often it learns from it.
  var updates: RolloutUpdates { get }
}

extension OnPolicyConfiguration {
  /// The files of ``prompts``.
  public var dataFiles: [String] { prompts.allFiles }

  /// Prompts of a step.
  public var promptsPerStep: Int { max(1, updates.completions / rollout.generations) }

  /// Whether the reference is asked about what is sampled.
  public var needsReference: Bool { divergence.needsReference || reward.needsReference }

  /// Settings that do not go together in any on-policy method.
  var sharedConflicts: [SettingProblem] {
    prompts.conflicts + reward.conflicts + divergence.conflicts
      + watch.conflicts(with: prompts, run)
      + referenceConflicts + divisionConflicts
  }

  private var referenceConflicts: [SettingProblem] {
    guard let model = divergence.referenceModel, !needsReference, !prompts.hasEvaluation else {
      return []
    }
    return [
      SettingProblem(
        setting: "reference_model",
        message:
          "reference_model is '\(model)', but with beta 0 nothing asks it; give beta, or leave "
          + "reference_model out")
    ]
  }

  private var divisionConflicts: [SettingProblem] {
    var problems: [SettingProblem] = []
    if !updates.completions.isMultiple(of: rollout.generations) {
      problems.append(
        SettingProblem(
          setting: "num_generations",
          message:
            "num_generations is \(rollout.generations), but a step samples \(updates.completions) "
            + "completions, which must be a multiple of it; change batch_size or num_generations"))
    }
    if !updates.completions.isMultiple(of: updates.batches) {
      problems.append(
        SettingProblem(
          setting: "batch_size",
          message:
            "batch_size is \(batches.batchSize), but the \(updates.completions) completions of a "
            + "step must be a multiple of its \(updates.batches) optimizer batches"))
    }
    return problems
  }
}

extension BatchConfiguration {
  /// The settings of methods that sample what they learn from.
  static let rolloutSettings: [Setting<Self>] = [
    Setting("epochs", \.epochs, allowed: .atLeast(1), "How often the prompts are gone through."),
    Setting(
      "max_steps", \.maxSteps, allowed: .atLeast(1),
      "Number of steps, each with its rollout and all updates on it, instead of what epochs would give."
    ),
    Setting("batch_size", \.batchSize, allowed: .atLeast(1), "Completions in a batch."),
    Setting(
      "gradient_accumulation_steps", \.accumulationSteps, allowed: .atLeast(1),
      "Batches in an optimizer step, which is normalised over all of their completions."),
    Setting(
      "micro_batch_size", \.microBatchSize, allowed: .atLeast(1),
      "Completions in memory at once; changes memory, never results. Without it: fitted to memory."),
  ]
}
