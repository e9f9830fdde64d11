import ArgumentParser
import TrainingConfiguration

/// The flags of ``PPOConfiguration`` that other methods do not share.
struct PPOFlags: OnPolicyFlags {
  typealias Configuration = PPOConfiguration

  @Option(help: .setting("model", of: Configuration.self))
  var model: String?

  @Option(help: .setting("value_backbone", of: Configuration.self))
  var valueBackbone: String?

  @Option(help: .setting("value_model", of: Configuration.self))
  var valueModel: String?

  @Option(help: .setting("num_ppo_epochs", of: Configuration.self))
  var numPpoEpochs: String?

  @Option(help: .setting("num_mini_batches", of: Configuration.self))
  var numMiniBatches: String?

  @Option(help: .setting("cliprange", of: Configuration.self))
  var cliprange: String?

  @Option(help: .setting("cliprange_value", of: Configuration.self))
  var cliprangeValue: String?

  @Option(help: .setting("vf_coef", of: Configuration.self))
  var vfCoef: String?

  @Option(help: .setting("entropy_coef", of: Configuration.self))
  var entropyCoef: String?

  @Option(help: .setting("gamma", of: Configuration.self))
  var gamma: String?

  @Option(help: .setting("lam", of: Configuration.self))
  var lam: String?

  @Option(help: .setting("whiten_rewards", of: Configuration.self))
  var whitenRewards: String?

  @Option(help: .setting("target_kl", of: Configuration.self))
  var targetKl: String?

  var given: [SettingFlag] {
    [
      SettingFlag("model", model),
      SettingFlag("value_backbone", valueBackbone),
      SettingFlag("value_model", valueModel),
      SettingFlag("num_ppo_epochs", numPpoEpochs),
      SettingFlag("num_mini_batches", numMiniBatches),
      SettingFlag("cliprange", cliprange),
      SettingFlag("cliprange_value", cliprangeValue),
      SettingFlag("vf_coef", vfCoef),
      SettingFlag("entropy_coef", entropyCoef),
      SettingFlag("gamma", gamma),
      SettingFlag("lam", lam),
      SettingFlag("whiten_rewards", whitenRewards),
      SettingFlag("target_kl", targetKl),
    ]
    .compactMap(\.self)
  }
}

/// Every setting of `attune ppo` as a flag.
typealias PPOSettings = OnPolicySettings<PPOFlags>
