import ArgumentParser
import TrainingConfiguration

/// The flags of ``ReinforceConfiguration`` that other methods do not share.
struct ReinforceFlags: OnPolicyFlags {
  typealias Configuration = ReinforceConfiguration

  @Option(help: .setting("model", of: Configuration.self))
  var model: String?

  @Option(help: .setting("baseline", of: Configuration.self))
  var baseline: String?

  @Option(help: .setting("baseline_decay", of: Configuration.self))
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

/// Every setting of `attune reinforce` as a flag.
typealias ReinforceSettings = OnPolicySettings<ReinforceFlags>
