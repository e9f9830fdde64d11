/// What a method trains and is evaluated on.
public struct DataConfiguration: Equatable, Sendable {
  /// Files of training records.
  public var files: [String] = []
  /// Files of held-out records.
  public var evaluationFiles: [String] = []
  /// The fraction of the training records that is held out instead.
  public var evaluationFraction: Double?
  /// Tokens of prompt and completion together; what is beyond is cut off.
  public var maxLength = 1024
  /// Whether each epoch visits the records in an order of its own.
  public var shuffle = true
  /// Whether records that cannot be used are errors.
  public var strict = false

  /// No files yet.
  public init() {}

  /// The files of both kinds.
  public var allFiles: [String] { files + evaluationFiles }

  /// Whether anything is held out.
  public var hasEvaluation: Bool { !evaluationFiles.isEmpty || evaluationFraction != nil }

  /// The settings of every method that reads records.
  public static let settings: [Setting<Self>] = [
    Setting(
      "data", \.files, isRequired: true, placeholder: "file",
      "Training records: JSON Lines, also gzipped, JSON arrays or CSV."),
    Setting(
      "eval_data", \.evaluationFiles, placeholder: "file",
      "Held-out records, in the same formats."),
    Setting(
      "eval_fraction", \.evaluationFraction, allowed: .between(0, 1),
      "Fraction of the training records to hold out, where there is no eval_data."),
    Setting(
      "max_length", \.maxLength, allowed: .atLeast(2),
      "Tokens of prompt and completion together; longer completions are cut at the end."),
    Setting("shuffle", \.shuffle, "Whether each epoch visits the records in an order of its own."),
    Setting(
      "strict", \.strict,
      "Whether records that cannot be used are errors, instead of being dropped and counted."),
  ]

  /// What is wrong with settings that are fine alone but not together.
  var conflicts: [SettingProblem] {
    guard !evaluationFiles.isEmpty, let evaluationFraction else { return [] }
    return [
      SettingProblem(
        setting: "eval_fraction",
        message: "eval_fraction is \(evaluationFraction), but eval_data is given as well; "
          + "leave one of them out")
    ]
  }
}
