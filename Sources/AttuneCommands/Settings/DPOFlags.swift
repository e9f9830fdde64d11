import ArgumentParser
import TrainingConfiguration

/// The flags of ``DPOConfiguration`` that other methods do not share.
struct DPOFlags: ParsableArguments {
  @Option(help: .setting("model", of: DPOConfiguration.self))
  var model: String?

  @Option(help: .setting("reference_model", of: DPOConfiguration.self))
  var referenceModel: String?

  @Option(help: .setting("beta", of: DPOConfiguration.self))
  var beta: String?

  @Option(help: .setting("loss_type", of: DPOConfiguration.self))
  var lossType: String?

  @Option(help: .setting("label_smoothing", of: DPOConfiguration.self))
  var labelSmoothing: String?

  @Option(help: .setting("reference_cache", of: DPOConfiguration.self))
  var referenceCache: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("model", model),
      SettingFlag("reference_model", referenceModel),
      SettingFlag("beta", beta),
      SettingFlag("loss_type", lossType),
      SettingFlag("label_smoothing", labelSmoothing),
      SettingFlag("reference_cache", referenceCache),
    ]
    .compactMap(\.self)
  }
}
