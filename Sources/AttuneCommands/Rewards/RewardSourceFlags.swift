import ArgumentParser
import TrainingConfiguration

/// The flags of `RewardSourceConfiguration` but those of ``LikelihoodFlags``, with the defaults of one
/// method.
struct RewardSourceFlags<Method: TrainingSettings>: ParsableArguments {
  @Option(parsing: .upToNextOption, help: .setting("reward_model", of: Method.self))
  var rewardModel: [String] = []

  @Option(help: .setting("reward_aggregation", of: Method.self))
  var rewardAggregation: String?

  @Option(help: .setting("reward_lambda", of: Method.self))
  var rewardLambda: String?

  @Option(help: .setting("reward_program", of: Method.self))
  var rewardProgram: String?

  @Option(help: .setting("reward_endpoint", of: Method.self))
  var rewardEndpoint: String?

  @Option(help: .setting("reward_timeout", of: Method.self))
  var rewardTimeout: String?

  @Option(help: .setting("reward_rules", of: Method.self))
  var rewardRules: String?

  @Option(help: .setting("reward_gold", of: Method.self))
  var rewardGold: String?

  @Option(help: .setting("world_seed", of: Method.self))
  var worldSeed: String?

  @Option(parsing: .upToNextOption, help: .setting("reward_weights", of: Method.self))
  var rewardWeights: [String] = []

  @Option(help: .setting("reward_normalization", of: Method.self))
  var rewardNormalization: String?

  @Option(parsing: .upToNextOption, help: .setting("reward_clip_range", of: Method.self))
  var rewardClipRange: [String] = []

  @Option(help: .setting("missing_eos_penalty", of: Method.self))
  var missingEosPenalty: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("reward_model", rewardModel),
      SettingFlag("reward_aggregation", rewardAggregation),
      SettingFlag("reward_lambda", rewardLambda),
      SettingFlag("reward_program", rewardProgram),
      SettingFlag("reward_endpoint", rewardEndpoint),
      SettingFlag("reward_timeout", rewardTimeout),
      SettingFlag("reward_rules", rewardRules),
      SettingFlag("reward_gold", rewardGold),
      SettingFlag("world_seed", worldSeed),
      SettingFlag("reward_weights", rewardWeights),
      SettingFlag("reward_normalization", rewardNormalization),
      SettingFlag("reward_clip_range", rewardClipRange),
      SettingFlag("missing_eos_penalty", missingEosPenalty),
    ]
    .compactMap(\.self)
  }
}
