import ArgumentParser
import TrainingConfiguration

/// The flags of ``RolloutConfiguration``, with the defaults of one method.
struct RolloutFlags<Method: TrainingSettings>: ParsableArguments {
  @Option(help: .setting("num_generations", of: Method.self))
  var numGenerations: String?

  @Option(help: .setting("max_completion_length", of: Method.self))
  var maxCompletionLength: String?

  @Option(help: .setting("temperature", of: Method.self))
  var temperature: String?

  @Option(help: .setting("stop", of: Method.self))
  var stop: [String] = []

  @Option(help: .setting("mask_truncated_completions", of: Method.self))
  var maskTruncatedCompletions: String?

  @Option(help: .setting("turn_limit", of: Method.self))
  var turnLimit: String?

  @Option(help: .setting("reward_timing", of: Method.self))
  var rewardTiming: String?

  @Option(help: .setting("log_completions_steps", of: Method.self))
  var logCompletionsSteps: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("num_generations", numGenerations),
      SettingFlag("max_completion_length", maxCompletionLength),
      SettingFlag("temperature", temperature),
      SettingFlag("stop", stop),
      SettingFlag("mask_truncated_completions", maskTruncatedCompletions),
      SettingFlag("turn_limit", turnLimit),
      SettingFlag("reward_timing", rewardTiming),
      SettingFlag("log_completions_steps", logCompletionsSteps),
    ]
    .compactMap(\.self)
  }
}
