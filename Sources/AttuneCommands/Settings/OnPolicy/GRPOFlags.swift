import ArgumentParser
import Trainers
import TrainingConfiguration

/// The flags of ``GRPOConfiguration`` that other methods do not share.
struct GRPOFlags: OnPolicyFlags {
  static let verb = "grpo"
  static let method = "GRPO and its kin"
  static let comparison =
    "Each completion is compared with the others of its prompt; the KL from the reference, if beta is "
    + "above 0, is part of the loss."

  static func learner(_ configuration: GRPOConfiguration) -> OnPolicyLearner {
    .grpo(configuration)
  }

  @Option(help: .setting("model", of: GRPOConfiguration.self))
  var model: String?

  @Option(help: .setting("loss_type", of: GRPOConfiguration.self))
  var lossType: String?

  @Option(help: .setting("scale_rewards", of: GRPOConfiguration.self))
  var scaleRewards: String?

  @Option(help: .setting("importance_sampling_level", of: GRPOConfiguration.self))
  var importanceSamplingLevel: String?

  @Option(help: .setting("epsilon", of: GRPOConfiguration.self))
  var epsilon: String?

  @Option(help: .setting("epsilon_high", of: GRPOConfiguration.self))
  var epsilonHigh: String?

  @Option(help: .setting("delta", of: GRPOConfiguration.self))
  var delta: String?

  @Option(help: .setting("num_iterations", of: GRPOConfiguration.self))
  var numIterations: String?

  @Option(help: .setting("steps_per_generation", of: GRPOConfiguration.self))
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
