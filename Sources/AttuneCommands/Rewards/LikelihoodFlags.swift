import ArgumentParser
import TrainingConfiguration

/// The flags of `RewardSourceConfiguration` about how likely a completion is under the reference, which
/// only training has.
struct LikelihoodFlags<Method: TrainingSettings>: ParsableArguments {
  @Option(help: .setting("reward_likelihood", of: Method.self))
  var rewardLikelihood: String?

  @Option(help: .setting("reward_likelihood_threshold", of: Method.self))
  var rewardLikelihoodThreshold: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("reward_likelihood", rewardLikelihood),
      SettingFlag("reward_likelihood_threshold", rewardLikelihoodThreshold),
    ]
    .compactMap(\.self)
  }
}
