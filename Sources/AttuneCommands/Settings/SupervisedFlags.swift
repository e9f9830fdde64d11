import ArgumentParser
import TrainingConfiguration

/// The flags of ``SupervisedConfiguration`` that other methods do not share.
struct SupervisedFlags: MethodFlags {
  typealias Configuration = SupervisedConfiguration

  @Option(help: .setting("model", of: Configuration.self))
  var model: String?

  @Option(help: .setting("completion_only_loss", of: Configuration.self))
  var completionOnlyLoss: String?

  @Option(help: .setting("assistant_only_loss", of: Configuration.self))
  var assistantOnlyLoss: String?

  @Option(help: .setting("loss_type", of: Configuration.self))
  var lossType: String?

  @Option(help: .setting("label_smoothing", of: Configuration.self))
  var labelSmoothing: String?

  @Option(help: .setting("length_penalty", of: Configuration.self))
  var lengthPenalty: String?

  @Option(help: .setting("repetition_penalty", of: Configuration.self))
  var repetitionPenalty: String?

  var given: [SettingFlag] {
    [
      SettingFlag("model", model),
      SettingFlag("completion_only_loss", completionOnlyLoss),
      SettingFlag("assistant_only_loss", assistantOnlyLoss),
      SettingFlag("loss_type", lossType),
      SettingFlag("label_smoothing", labelSmoothing),
      SettingFlag("length_penalty", lengthPenalty),
      SettingFlag("repetition_penalty", repetitionPenalty),
    ]
    .compactMap(\.self)
  }
}

/// Every setting of `attune sft` as a flag.
typealias SupervisedSettings = MethodSettings<SupervisedFlags>
