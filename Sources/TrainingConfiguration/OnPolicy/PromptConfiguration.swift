/// What an on-policy method answers while it learns, and what it is watched on.
public struct PromptConfiguration: Equatable, Sendable {
  /// Files of prompts to learn on.
  public var files: [String] = []
  /// Files of prompts to be watched on.
  public var evaluationFiles: [String] = []
  /// The fraction of the prompts that is held out instead.
  public var evaluationFraction: Double?
  /// Tokens of a prompt at most; `nil` for as many as the model's positions leave.
  public var maxLength: Int?
  /// Whether each epoch visits the prompts in an order of its own.
  public var shuffle = true
  /// Whether prompts that cannot be used are errors.
  public var strict = false

  /// No files yet.
  public init() {}

  /// The files of both kinds.
  public var allFiles: [String] { files + evaluationFiles }

  /// Whether anything is held out.
  public var hasEvaluation: Bool { !evaluationFiles.isEmpty || evaluationFraction != nil }

  /// The settings of every on-policy method.
  public static let settings: [Setting<Self>] = [
    Setting(
      "prompts", \.files, isRequired: true, placeholder: "file",
      "Prompts to learn on: any records that have one, in JSON Lines, also gzipped, JSON arrays or CSV."
    ),
    Setting(
      "eval_prompts", \.evaluationFiles, placeholder: "file",
      "Held-out prompts that the run is watched on, in the same formats."),
    Setting(
      "eval_fraction", \.evaluationFraction, allowed: .between(0, 1),
      "Fraction of the prompts to hold out, where there are no eval_prompts."),
    Setting(
      "max_prompt_length", \.maxLength, allowed: .atLeast(1),
      "Tokens of a prompt at most; longer ones are left out. Without it: what the model's positions "
        + "leave beside max_completion_length."),
    Setting("shuffle", \.shuffle, "Whether each epoch visits the prompts in an order of its own."),
    Setting(
      "strict", \.strict,
      "Whether prompts that cannot be used are errors, instead of being dropped and counted."),
  ]

  /// What is wrong with settings that are fine alone but not together.
  var conflicts: [SettingProblem] {
    guard !evaluationFiles.isEmpty, let evaluationFraction else { return [] }
    return [
      SettingProblem(
        setting: "eval_fraction",
        message: "eval_fraction is \(evaluationFraction), but eval_prompts are given as well; "
          + "leave one of them out")
    ]
  }
}
