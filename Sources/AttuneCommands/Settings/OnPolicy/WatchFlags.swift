import ArgumentParser
import TrainingConfiguration

/// The flags of ``WatchConfiguration``, with the defaults of one method.
struct WatchFlags<Method: TrainingSettings>: ParsableArguments {
  @Option(help: .setting("judge_gold", of: Method.self))
  var judgeGold: String?

  @Option(parsing: .upToNextOption, help: .setting("judge_model", of: Method.self))
  var judgeModel: [String] = []

  @Option(help: .setting("judge_program", of: Method.self))
  var judgeProgram: String?

  @Option(parsing: .upToNextOption, help: .setting("watch_keywords", of: Method.self))
  var watchKeywords: [String] = []

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("judge_gold", judgeGold),
      SettingFlag("judge_model", judgeModel),
      SettingFlag("judge_program", judgeProgram),
      SettingFlag("watch_keywords", watchKeywords),
    ]
    .compactMap(\.self)
  }
}
