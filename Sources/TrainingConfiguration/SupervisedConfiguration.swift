/// The settings of supervised fine-tuning.
///
///     var configuration = SupervisedConfiguration()
///     configuration.model = "checkpoints/nano"
///     configuration.data.files = ["demonstrations.jsonl"]
///     configuration.data.evaluationFraction = 0.05
///     try configuration.validate()
///
/// The defaults are those of TRL's `SFTConfig` and of `transformers`.
public struct SupervisedConfiguration: OfflineConfiguration {
  /// The method that these are the settings of.
  public static let method = TrainingMethod.sft

  /// The directory of the model to train.
  public var model: String?
  /// Whether completions alone are learned, or prompts too; `nil` for completions where a record has
  /// a prompt and for all of a text.
  public var completionOnlyLoss: Bool?
  /// Whether the assistant's turns of plain-text dialogues are learned, and nothing else.
  public var assistantOnlyLoss = false
  /// How the likelihood of a token counts.
  public var lossType = SupervisedLossChoice.negativeLogLikelihood
  /// How much of the target is spread over the vocabulary.
  public var labelSmoothing = 0.0
  /// How much the end of a completion counts in addition.
  public var lengthPenalty = 0.0
  /// How much the unlikelihood of repetitions counts.
  public var repetitionPenalty = 0.0
  /// What it trains and is evaluated on.
  public var data = DataConfiguration()
  /// How weights are updated.
  public var optimizer = OptimizerConfiguration(learningRate: 2e-5)
  /// How many records a step sees, and how many steps there are.
  public var batches = BatchConfiguration()
  /// Where the run is recorded, and what makes it repeatable.
  public var run = RunConfiguration()

  /// Every setting at its default.
  public init() {}

  /// All settings of `attune sft`.
  public static let settings: [Setting<Self>] =
    [
      Setting(
        "model", \.model, isRequired: true, placeholder: "directory",
        "Model to train: a Hugging Face checkpoint.")
    ]
    + DataConfiguration.settings.map { $0.within(\.data) }
    + lossSettings
    + OptimizerConfiguration.settings.map { $0.within(\.optimizer) }
    + BatchConfiguration.settings.map { $0.within(\.batches) }
    + RunConfiguration.settings.map { $0.within(\.run) }

  /// The settings that say what is minimised.
  private static let lossSettings: [Setting<Self>] = [
    Setting(
      "completion_only_loss", \.completionOnlyLoss,
      "Whether completions alone are learned. Without it: where a record has a prompt."),
    Setting(
      "assistant_only_loss", \.assistantOnlyLoss,
      "Whether the assistant's turns of Human/Assistant dialogues alone are learned."),
    Setting(
      "loss_type", \.lossType,
      "How the likelihood of a token counts: dft weighs it by the token's own probability."),
    Setting(
      "label_smoothing", \.labelSmoothing, allowed: .from(0, below: 1),
      "How much of the target is spread over the vocabulary; for nll."),
    Setting(
      "length_penalty", \.lengthPenalty, allowed: .atLeast(0),
      "How much the end of a completion counts in addition to what every token does."),
    Setting(
      "repetition_penalty", \.repetitionPenalty, allowed: .atLeast(0),
      "How much the unlikelihood of tokens counts that the completion has said before."),
  ]

  /// Settings that would have no effect, or speak against each other.
  public var conflicts: [SettingProblem] {
    data.conflicts + run.conflicts(with: data) + maskConflicts + smoothingConflicts
  }

  private var maskConflicts: [SettingProblem] {
    guard assistantOnlyLoss, let completionOnlyLoss else { return [] }
    return [
      SettingProblem(
        setting: "completion_only_loss",
        message:
          "completion_only_loss is \(completionOnlyLoss), but assistant_only_loss is true and "
          + "says which tokens are learned, in prompts too; leave one of them out")
    ]
  }

  private var smoothingConflicts: [SettingProblem] {
    guard labelSmoothing != 0, lossType == .dynamic else { return [] }
    return [
      SettingProblem(
        setting: "label_smoothing",
        message: "label_smoothing is \(labelSmoothing), but loss_type dft does not use it; "
          + "leave it out, or use it with nll")
    ]
  }
}

/// How the likelihood of a token counts, under TRL's names.
public enum SupervisedLossChoice: String, SettingChoice {
  /// −log π. TRL's `chunked_nll` is the same, computed in pieces.
  case negativeLogLikelihood = "nll"
  /// −π log π with a constant π: dynamic fine-tuning.
  case dynamic = "dft"
}
