import ArgumentParser
import Trainers
import TrainingConfiguration

/// The flags of ``RLOOConfiguration`` that other methods do not share.
struct RLOOFlags: OnPolicyFlags {
  static let verb = "rloo"
  static let method = "RLOO"
  static let comparison =
    "Each completion is compared with the mean of the others of its prompt; the KL penalty is part of "
    + "the reward."

  static func learner(_ configuration: RLOOConfiguration) -> OnPolicyLearner {
    .rloo(configuration)
  }

  @Option(help: .setting("model", of: RLOOConfiguration.self))
  var model: String?

  @Option(help: .setting("normalize_advantages", of: RLOOConfiguration.self))
  var normalizeAdvantages: String?

  @Option(help: .setting("epsilon", of: RLOOConfiguration.self))
  var epsilon: String?

  @Option(help: .setting("epsilon_high", of: RLOOConfiguration.self))
  var epsilonHigh: String?

  @Option(help: .setting("num_iterations", of: RLOOConfiguration.self))
  var numIterations: String?

  @Option(help: .setting("steps_per_generation", of: RLOOConfiguration.self))
  var stepsPerGeneration: String?

  var given: [SettingFlag] {
    [
      SettingFlag("model", model),
      SettingFlag("normalize_advantages", normalizeAdvantages),
      SettingFlag("epsilon", epsilon),
      SettingFlag("epsilon_high", epsilonHigh),
      SettingFlag("num_iterations", numIterations),
      SettingFlag("steps_per_generation", stepsPerGeneration),
    ]
    .compactMap(\.self)
  }
}
