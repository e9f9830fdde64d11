import ArgumentParser
import TrainingConfiguration

/// The flags of ``KTOConfiguration`` that other methods do not share.
struct KTOFlags: MethodFlags {
  typealias Configuration = KTOConfiguration

  @Option(help: .setting("model", of: Configuration.self))
  var model: String?

  @Option(help: .setting("reference_model", of: Configuration.self))
  var referenceModel: String?

  @Option(help: .setting("beta", of: Configuration.self))
  var beta: String?

  @Option(help: .setting("loss_type", of: Configuration.self))
  var lossType: String?

  @Option(help: .setting("desirable_weight", of: Configuration.self))
  var desirableWeight: String?

  @Option(help: .setting("undesirable_weight", of: Configuration.self))
  var undesirableWeight: String?

  @Option(help: .setting("bco_shift", of: Configuration.self))
  var bcoShift: String?

  @Option(help: .setting("reference_cache", of: Configuration.self))
  var referenceCache: String?

  var given: [SettingFlag] {
    [
      SettingFlag("model", model),
      SettingFlag("reference_model", referenceModel),
      SettingFlag("beta", beta),
      SettingFlag("loss_type", lossType),
      SettingFlag("desirable_weight", desirableWeight),
      SettingFlag("undesirable_weight", undesirableWeight),
      SettingFlag("bco_shift", bcoShift),
      SettingFlag("reference_cache", referenceCache),
    ]
    .compactMap(\.self)
  }
}

/// Every setting of `attune kto` as a flag.
typealias KTOSettings = MethodSettings<KTOFlags>
