import ArgumentParser
import TrainingConfiguration

/// The flags of ``RunConfiguration``, with the defaults of one method.
struct RunFlags<Method: TrainingSettings>: ParsableArguments {
  @Option(help: .setting("out", of: Method.self))
  var out: String?

  @Option(help: .setting("seed", of: Method.self))
  var seed: String?

  @Option(help: .setting("eval_steps", of: Method.self))
  var evalSteps: String?

  @Option(help: .setting("early_stopping_patience", of: Method.self))
  var earlyStoppingPatience: String?

  @Option(help: .setting("logging_steps", of: Method.self))
  var loggingSteps: String?

  @Option(help: .setting("save_steps", of: Method.self))
  var saveSteps: String?

  @Option(help: .setting("save_total_limit", of: Method.self))
  var saveTotalLimit: String?

  @Option(help: .setting("threads", of: Method.self))
  var threads: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("out", out),
      SettingFlag("seed", seed),
      SettingFlag("eval_steps", evalSteps),
      SettingFlag("early_stopping_patience", earlyStoppingPatience),
      SettingFlag("logging_steps", loggingSteps),
      SettingFlag("save_steps", saveSteps),
      SettingFlag("save_total_limit", saveTotalLimit),
      SettingFlag("threads", threads),
    ]
    .compactMap(\.self)
  }
}
