import ArgumentParser
import TrainingConfiguration

/// The flags of ``RewardConfiguration`` that other methods do not share.
struct RewardFlags: MethodFlags {
  typealias Configuration = RewardConfiguration

  @Option(help: .setting("model", of: RewardConfiguration.self))
  var model: String?

  @Option(parsing: .upToNextOption, help: .setting("features", of: RewardConfiguration.self))
  var features: [String] = []

  @Option(help: .setting("backbone", of: RewardConfiguration.self))
  var backbone: String?

  @Option(help: .setting("head_type", of: RewardConfiguration.self))
  var headType: String?

  @Option(help: .setting("head_hidden_size", of: RewardConfiguration.self))
  var headHiddenSize: String?

  @Option(help: .setting("head_dropout", of: RewardConfiguration.self))
  var headDropout: String?

  @Option(help: .setting("ensemble_size", of: RewardConfiguration.self))
  var ensembleSize: String?

  @Option(help: .setting("ensemble_type", of: RewardConfiguration.self))
  var ensembleType: String?

  @Option(help: .setting("margin", of: RewardConfiguration.self))
  var margin: String?

  @Option(help: .setting("agreement", of: RewardConfiguration.self))
  var agreement: String?

  @Option(help: .setting("ranking_loss", of: RewardConfiguration.self))
  var rankingLoss: String?

  @Option(help: .setting("center_rewards_coefficient", of: RewardConfiguration.self))
  var centerRewardsCoefficient: String?

  @Option(help: .setting("l2_coefficient", of: RewardConfiguration.self))
  var l2Coefficient: String?

  @Option(help: .setting("smoothness_coefficient", of: RewardConfiguration.self))
  var smoothnessCoefficient: String?

  @Option(help: .setting("smoothness_drop", of: RewardConfiguration.self))
  var smoothnessDrop: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("model", model),
      SettingFlag("features", features),
      SettingFlag("backbone", backbone),
      SettingFlag("head_type", headType),
      SettingFlag("head_hidden_size", headHiddenSize),
      SettingFlag("head_dropout", headDropout),
      SettingFlag("ensemble_size", ensembleSize),
      SettingFlag("ensemble_type", ensembleType),
      SettingFlag("margin", margin),
      SettingFlag("agreement", agreement),
      SettingFlag("ranking_loss", rankingLoss),
      SettingFlag("center_rewards_coefficient", centerRewardsCoefficient),
      SettingFlag("l2_coefficient", l2Coefficient),
      SettingFlag("smoothness_coefficient", smoothnessCoefficient),
      SettingFlag("smoothness_drop", smoothnessDrop),
    ]
    .compactMap(\.self)
  }
}

/// Every setting of `attune reward` as a flag.
typealias RewardSettings = MethodSettings<RewardFlags>
