import ArgumentParser
import TrainingConfiguration

/// The flags of ``PromptConfiguration``, with the defaults of one method.
struct PromptFlags<Method: TrainingSettings>: ParsableArguments {
  @Option(parsing: .upToNextOption, help: .setting("prompts", of: Method.self))
  var prompts: [String] = []

  @Option(parsing: .upToNextOption, help: .setting("eval_prompts", of: Method.self))
  var evalPrompts: [String] = []

  @Option(help: .setting("eval_fraction", of: Method.self))
  var evalFraction: String?

  @Option(help: .setting("max_prompt_length", of: Method.self))
  var maxPromptLength: String?

  @Option(help: .setting("shuffle", of: Method.self))
  var shuffle: String?

  @Option(help: .setting("strict", of: Method.self))
  var strict: String?

  /// The flags that were given.
  var given: [SettingFlag] {
    [
      SettingFlag("prompts", prompts),
      SettingFlag("eval_prompts", evalPrompts),
      SettingFlag("eval_fraction", evalFraction),
      SettingFlag("max_prompt_length", maxPromptLength),
      SettingFlag("shuffle", shuffle),
      SettingFlag("strict", strict),
    ]
    .compactMap(\.self)
  }
}
