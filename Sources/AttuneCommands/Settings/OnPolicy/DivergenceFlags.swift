import ArgumentParser
import TrainingConfiguration

/// The flags of ``DivergenceConfiguration``, with the defaults of one method.
struct DivergenceFlags<Method: TrainingSettings>: ParsableArguments {
  @Option(help: .setting("reference_model", of: Method.self))
  var referenceModel: String?

  @Option(help: .setting("beta", of: Method.self))
  var beta: String?

  @Option(help: .setting("kl_estimator", of: Method.self))
  var klEstimator: String?

  @Option(help: .setting("kl_control", of: Method.self))
  var klControl: String?

  @Option(help: .setting("kl_target", of: Method.self))
  var klTarget: String?

  @Option(help: .setting("kl_horizon", of: Method.self))
  var klHorizon: String?

  @Option(help: .setting("kl_rate", of: Method.self))
  var klRate: String?

  @Option(help: .setting("final_beta", of: Method.self))
  var finalBeta: String?

  @Option(help: .setting("min_beta", of: Method.self))
  var minBeta: String?

  @Option(help: .setting("max_beta", of: Method.self))
  var maxBeta: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("reference_model", referenceModel),
      SettingFlag("beta", beta),
      SettingFlag("kl_estimator", klEstimator),
      SettingFlag("kl_control", klControl),
      SettingFlag("kl_target", klTarget),
      SettingFlag("kl_horizon", klHorizon),
      SettingFlag("kl_rate", klRate),
      SettingFlag("final_beta", finalBeta),
      SettingFlag("min_beta", minBeta),
      SettingFlag("max_beta", maxBeta),
    ]
    .compactMap(\.self)
  }
}
