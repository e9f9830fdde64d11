import ArgumentParser
import Trainers
import TrainingConfiguration

/// The flags of ``PPOConfiguration`` that other methods do not share.
struct PPOFlags: OnPolicyFlags {
  static let verb = "ppo"
  static let method = "PPO"
  static let comparison =
    "A value function says what each token leads to; advantages are estimated from it (GAE), and the "
    + "policy moves within the clip range."

  static func learner(_ configuration: PPOConfiguration) -> OnPolicyLearner {
    .ppo(configuration)
  }

  @Option(help: .setting("model", of: PPOConfiguration.self))
  var model: String?

  @Option(help: .setting("value_backbone", of: PPOConfiguration.self))
  var valueBackbone: String?

  @Option(help: .setting("value_model", of: PPOConfiguration.self))
  var valueModel: String?

  @Option(help: .setting("num_ppo_epochs", of: PPOConfiguration.self))
  var numPpoEpochs: String?

  @Option(help: .setting("num_mini_batches", of: PPOConfiguration.self))
  var numMiniBatches: String?

  @Option(help: .setting("cliprange", of: PPOConfiguration.self))
  var cliprange: String?

  @Option(help: .setting("cliprange_value", of: PPOConfiguration.self))
  var cliprangeValue: String?

  @Option(help: .setting("vf_coef", of: PPOConfiguration.self))
  var vfCoef: String?

  @Option(help: .setting("entropy_coef", of: PPOConfiguration.self))
  var entropyCoef: String?

  @Option(help: .setting("gamma", of: PPOConfiguration.self))
  var gamma: String?

  @Option(help: .setting("lam", of: PPOConfiguration.self))
  var lam: String?

  @Option(help: .setting("whiten_rewards", of: PPOConfiguration.self))
  var whitenRewards: String?

  @Option(help: .setting("target_kl", of: PPOConfiguration.self))
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
