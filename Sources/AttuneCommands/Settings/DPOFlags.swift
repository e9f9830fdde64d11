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

  @Option(parsing: .upToNextOption, help: .setting("loss_type", of: DPOConfiguration.self))
  var lossType: [String] = []

  @Option(parsing: .upToNextOption, help: .setting("loss_weights", of: DPOConfiguration.self))
  var lossWeights: [String] = []

  @Option(help: .setting("label_smoothing", of: DPOConfiguration.self))
  var labelSmoothing: String?

  @Option(help: .setting("f_divergence_type", of: DPOConfiguration.self))
  var fDivergenceType: String?

  @Option(help: .setting("f_alpha_divergence_coef", of: DPOConfiguration.self))
  var fAlphaDivergenceCoef: String?

  @Option(help: .setting("ld_alpha", of: DPOConfiguration.self))
  var ldAlpha: String?

  @Option(help: .setting("use_weighting", of: DPOConfiguration.self))
  var useWeighting: String?

  @Option(help: .setting("discopop_tau", of: DPOConfiguration.self))
  var discopopTau: String?

  @Option(help: .setting("cpo_alpha", of: DPOConfiguration.self))
  var cpoAlpha: String?

  @Option(help: .setting("simpo_gamma", of: DPOConfiguration.self))
  var simpoGamma: String?

  @Option(help: .setting("reference_cache", of: DPOConfiguration.self))
  var referenceCache: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("model", model),
      SettingFlag("reference_model", referenceModel),
      SettingFlag("beta", beta),
      SettingFlag("loss_type", lossType),
      SettingFlag("loss_weights", lossWeights),
      SettingFlag("label_smoothing", labelSmoothing),
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
