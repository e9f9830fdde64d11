import ArgumentParser
import TrainingConfiguration

/// The flags of ``PretrainingConfiguration`` that other methods do not share.
struct PretrainingFlags: MethodFlags {
  typealias Configuration = PretrainingConfiguration

  @Option(help: .setting("model", of: Configuration.self))
  var model: String?

  var given: [SettingFlag] { [SettingFlag("model", model)].compactMap(\.self) }
}

/// Every setting of `attune pretrain` as a flag.
typealias PretrainingSettings = MethodSettings<PretrainingFlags>
