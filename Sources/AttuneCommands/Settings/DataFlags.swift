import ArgumentParser
import TrainingConfiguration

/// The flags of ``DataConfiguration``, with the defaults of one method.
struct DataFlags<Method: TrainingSettings>: ParsableArguments {
  @Option(parsing: .upToNextOption, help: .setting("data", of: Method.self))
  var data: [String] = []

  @Option(parsing: .upToNextOption, help: .setting("eval_data", of: Method.self))
  var evalData: [String] = []

  @Option(help: .setting("eval_fraction", of: Method.self))
  var evalFraction: String?

  @Option(help: .setting("max_length", of: Method.self))
  var maxLength: String?

  @Option(help: .setting("shuffle", of: Method.self))
  var shuffle: String?

  @Option(help: .setting("strict", of: Method.self))
  var strict: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("data", data),
      SettingFlag("eval_data", evalData),
      SettingFlag("eval_fraction", evalFraction),
      SettingFlag("max_length", maxLength),
      SettingFlag("shuffle", shuffle),
      SettingFlag("strict", strict),
    ]
    .compactMap(\.self)
  }
}
