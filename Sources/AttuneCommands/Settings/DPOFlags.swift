import ArgumentParser
import TrainingConfiguration

/// The flags of ``DPOConfiguration`` that other methods do not share.
struct DPOFlags: MethodFlags {
  typealias Configuration = DPOConfiguration

  @Option(help: .setting("model", of: Configuration.self))
  var model: String?

  @Option(help: .setting("reference_model", of: Configuration.self))
  var referenceModel: String?

  @Option(help: .setting("beta", of: Configuration.self))
  var beta: String?

  @Option(parsing: .upToNextOption, help: .setting("loss_type", of: Configuration.self))
  var lossType: [String] = []

  @Option(parsing: .upToNextOption, help: .setting("loss_weights", of: Configuration.self))
  var lossWeights: [String] = []

  @Option(help: .setting("label_smoothing", of: Configuration.self))
  var labelSmoothing: String?

  @Option(help: .setting("agreement", of: Configuration.self))
  var agreement: String?

  @Option(help: .setting("f_divergence_type", of: Configuration.self))
  var fDivergenceType: String?

  @Option(help: .setting("f_alpha_divergence_coef", of: Configuration.self))
  var fAlphaDivergenceCoef: String?

  @Option(help: .setting("ld_alpha", of: Configuration.self))
  var ldAlpha: String?

  @Option(help: .setting("use_weighting", of: Configuration.self))
  var useWeighting: String?

  @Option(help: .setting("discopop_tau", of: Configuration.self))
  var discopopTau: String?

  @Option(help: .setting("cpo_alpha", of: Configuration.self))
  var cpoAlpha: String?

  @Option(help: .setting("simpo_gamma", of: Configuration.self))
  var simpoGamma: String?

  @Option(help: .setting("reference_cache", of: Configuration.self))
  var referenceCache: String?

  var given: [SettingFlag] {
    [
      SettingFlag("model", model),
      SettingFlag("reference_model", referenceModel),
      SettingFlag("beta", beta),
      SettingFlag("loss_type", lossType),
      SettingFlag("loss_weights", lossWeights),
      SettingFlag("label_smoothing", labelSmoothing),
      SettingFlag("agreement", agreement),
      SettingFlag("f_divergence_type", fDivergenceType),
      SettingFlag("f_alpha_divergence_coef", fAlphaDivergenceCoef),
      SettingFlag("ld_alpha", ldAlpha),
      SettingFlag("use_weighting", useWeighting),
      SettingFlag("discopop_tau", discopopTau),
      SettingFlag("cpo_alpha", cpoAlpha),
      SettingFlag("simpo_gamma", simpoGamma),
      SettingFlag("reference_cache", referenceCache),
    ]
    .compactMap(\.self)
  }
}

/// Every setting of `attune dpo` as a flag.
typealias DPOSettings = MethodSettings<DPOFlags>
