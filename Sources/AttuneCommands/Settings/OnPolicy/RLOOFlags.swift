import ArgumentParser
import TrainingConfiguration

/// The flags of ``RLOOConfiguration`` that other methods do not share.
struct RLOOFlags: OnPolicyFlags {
  typealias Configuration = RLOOConfiguration

  @Option(help: .setting("model", of: Configuration.self))
  var model: String?

  @Option(help: .setting("normalize_advantages", of: Configuration.self))
  var normalizeAdvantages: String?

  @Option(help: .setting("epsilon", of: Configuration.self))
  var epsilon: String?

  @Option(help: .setting("epsilon_high", of: Configuration.self))
  var epsilonHigh: String?

  @Option(help: .setting("num_iterations", of: Configuration.self))
  var numIterations: String?

  @Option(help: .setting("steps_per_generation", of: Configuration.self))
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

/// Every setting of `attune rloo` as a flag.
typealias RLOOSettings = OnPolicySettings<RLOOFlags>
