internal import TrainingConfiguration

/// The settings of each run of a turn: those of the project, with what the loop decides itself.
struct LoopConfigurations {
  let project: LoopProject
  let layout: LoopLayout

  /// The settings of the reward model.
  var reward: RewardConfiguration { rewardModel(LoopLayout.Part.reward, purpose: 1) }

  /// The settings of a second reward model, from other draws, that judges what learned from the first.
  var judge: RewardConfiguration { rewardModel(LoopLayout.Part.judge, purpose: 2) }

  private func rewardModel(_ part: String, purpose: Int) -> RewardConfiguration {
    var settings = project.reward
    settings.model = settings.model ?? project.policy
    settings.data.files = [layout.path(of: LoopLayout.Part.pairs)]
    settings.data.evaluationFiles = [layout.path(of: LoopLayout.Part.heldOutPairs)]
    direct(&settings.run, to: part, purpose: purpose)
    return settings
  }

  /// The settings of the policy's training.
  ///
  /// - Parameter hasUnpaired: Whether there are judgments of single completions.
  /// - Returns: The method with its settings.
  func training(hasUnpaired: Bool) -> LoopTraining {
    typealias Part = LoopLayout.Part
    switch project.training {
    case .sft(var settings):
      settings.model = project.policy
      read(Part.demonstrations, Part.heldOutDemonstrations, into: &settings.data)
      direct(&settings.run, to: Part.training, purpose: 3)
      return .sft(settings)
    case .dpo(var settings):
      settings.model = project.policy
      read(Part.pairs, Part.heldOutPairs, into: &settings.data)
      direct(&settings.run, to: Part.training, purpose: 3)
      return .dpo(settings)
    case .kto(var settings):
      settings.model = project.policy
      read(Part.pairs, Part.heldOutPairs, into: &settings.data)
      if hasUnpaired { settings.data.files.append(layout.path(of: Part.unpaired)) }
      direct(&settings.run, to: Part.training, purpose: 3)
      return .kto(settings)
    case .ppo(var settings):
      settings.model = project.policy
      practise(&settings.prompts, &settings.reward, settings.watch, &settings.run)
      return .ppo(settings)
    case .rloo(var settings):
      settings.model = project.policy
      practise(&settings.prompts, &settings.reward, settings.watch, &settings.run)
      return .rloo(settings)
    case .grpo(var settings):
      settings.model = project.policy
      practise(&settings.prompts, &settings.reward, settings.watch, &settings.run)
      return .grpo(settings)
    case .reinforce(var settings):
      settings.model = project.policy
      practise(&settings.prompts, &settings.reward, settings.watch, &settings.run)
      return .reinforce(settings)
    }
  }

  /// The seed of the gate's draws.
  var gateSeed: UInt64 { UInt64(seed(of: 4)) }

  private func read(_ part: String, _ heldOut: String, into data: inout DataConfiguration) {
    data.files = [layout.path(of: part)]
    data.evaluationFiles = [layout.path(of: heldOut)]
  }

  /// Held-out prompts are answered while the policy learns only where somebody asks for it.
  private func practise(
    _ prompts: inout PromptConfiguration, _ reward: inout RewardSourceConfiguration,
    _ watch: WatchConfiguration, _ run: inout RunConfiguration
  ) {
    prompts.files = [layout.path(of: LoopLayout.Part.prompts)]
    if watch.hasJudge || run.evaluationSteps != nil || run.earlyStoppingPatience != nil {
      prompts.evaluationFiles = [layout.path(of: LoopLayout.Part.heldOutPrompts)]
    }
    reward.models = [layout.path(of: LoopLayout.Part.reward)]
    direct(&run, to: LoopLayout.Part.training, purpose: 3)
  }

  private func direct(_ run: inout RunConfiguration, to part: String, purpose: Int) {
    run.directory = layout.path(of: part)
    run.seed = seed(of: purpose)
  }

  /// No two runs of a project draw the same.
  private func seed(of purpose: Int) -> Int {
    project.seed * 1_000_000 + layout.turn * 10 + purpose
  }
}
