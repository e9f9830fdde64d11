import ArgumentParser
import TrainingConfiguration

/// The flags of ``GRPOConfiguration`` that other methods do not share.
struct GRPOFlags: OnPolicyFlags {
  typealias Configuration = GRPOConfiguration

  @Option(help: .setting("model", of: Configuration.self))
  var model: String?

  @Option(help: .setting("loss_type", of: Configuration.self))
  var lossType: String?

  @Option(help: .setting("scale_rewards", of: Configuration.self))
  var scaleRewards: String?

  @Option(help: .setting("importance_sampling_level", of: Configuration.self))
  var importanceSamplingLevel: String?

  @Option(help: .setting("epsilon", of: Configuration.self))
  var epsilon: String?

  @Option(help: .setting("epsilon_high", of: Configuration.self))
  var epsilonHigh: String?

  @Option(help: .setting("delta", of: Configuration.self))
  var delta: String?

  @Option(help: .setting("num_iterations", of: Configuration.self))
  var numIterations: String?

  @Option(help: .setting("steps_per_generation", of: Configuration.self))
  var stepsPerGeneration: String?

  var given: [SettingFlag] {
    [
      SettingFlag("model", model),
      SettingFlag("loss_type", lossType),
      SettingFlag("scale_rewards", scaleRewards),
      SettingFlag("importance_sampling_level", importanceSamplingLevel),
      SettingFlag("epsilon", epsilon),
      SettingFlag("epsilon_high", epsilonHigh),
      SettingFlag("delta", delta),
      SettingFlag("num_iterations", numIterations),
      SettingFlag("steps_per_generation", stepsPerGeneration),
    ]
    .compactMap(\.self)
  }
}

/// Every setting of `attune grpo` as a flag.
typealias GRPOSettings = OnPolicySettings<GRPOFlags>
