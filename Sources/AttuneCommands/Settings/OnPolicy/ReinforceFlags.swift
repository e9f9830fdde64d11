import ArgumentParser
import Trainers
import TrainingConfiguration

/// The flags of ``ReinforceConfiguration`` that other methods do not share.
struct ReinforceFlags: OnPolicyFlags {
  static let verb = "reinforce"
  static let method = "REINFORCE with a baseline"
  static let comparison =
    "What a completion is worth is compared with the batch (standardised), or with a running mean of "
    + "earlier batches."

  static func learner(_ configuration: ReinforceConfiguration) -> OnPolicyLearner {
    .reinforce(configuration)
  }

  @Option(help: .setting("model", of: ReinforceConfiguration.self))
  var model: String?

  @Option(help: .setting("baseline", of: ReinforceConfiguration.self))
  var baseline: String?

  @Option(help: .setting("baseline_decay", of: ReinforceConfiguration.self))
  var baselineDecay: String?

  var given: [SettingFlag] {
    [
      SettingFlag("model", model),
      SettingFlag("baseline", baseline),
      SettingFlag("baseline_decay", baselineDecay),
    ]
    .compactMap(\.self)
  }
}
