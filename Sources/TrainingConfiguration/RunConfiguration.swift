/// Where a run is recorded, how often, and what makes it repeatable.
public struct RunConfiguration: Equatable, Sendable {
  /// The run directory.
  public var directory: String?
  /// The start of every random sequence of the run.
  public var seed = 42
  /// Optimizer steps between evaluations; `nil` for one at the end.
  public var evaluationSteps: Int?
  /// How many evaluations in a row may pass without a new best (the lowest held-out loss; of what
  /// learns from rewards, the highest gold score); `nil` to train to
  /// the end whatever it does.
  public var earlyStoppingPatience: Int?
  /// Optimizer steps between lines of metrics.
  public var loggingSteps = 1
  /// Optimizer steps between checkpoints; 0 for none but the one that an interrupted run leaves.
  public var saveSteps = 500
  /// How many checkpoints are kept.
  public var saveTotalLimit = 2
  /// Threads for tensor work; `nil` for one a core.
  public var threads: Int?

  /// No directory yet.
  public init() {}

  /// The settings of every run.
  public static let settings: [Setting<Self>] = [
    Setting(
      "out", \.directory, isRequired: true, placeholder: "directory",
      "Run directory: the finished model, metrics and the resolved configuration."),
    Setting(
      "seed", \.seed, allowed: .atLeast(0), "Start of every random sequence; same seed, same run."),
    Setting(
      "eval_steps", \.evaluationSteps, allowed: .atLeast(1),
      "Optimizer steps between evaluations. Without it: once, at the end."),
    Setting(
      "early_stopping_patience", \.earlyStoppingPatience, allowed: .atLeast(1),
      "Evaluations in a row without a new best that end the run; the model of the best is kept: that of "
        + "the lowest held-out loss, and of what learns from rewards, of the highest gold score. Without "
        + "it: to the end."),
    Setting(
      "logging_steps", \.loggingSteps, allowed: .atLeast(1),
      "Optimizer steps between lines of metrics, which average over them."),
    Setting(
      "save_steps", \.saveSteps, allowed: .atLeast(0),
      "Optimizer steps between checkpoints; 0 for none but the one that an interrupted run leaves."),
    Setting(
      "save_total_limit", \.saveTotalLimit, allowed: .atLeast(1),
      "Checkpoints to keep; older ones are removed."),
    Setting(
      "threads", \.threads, allowed: .atLeast(1), "Threads for tensor work. Without it: all cores."),
  ]

  /// What is wrong with these settings for a run that holds out data, or none.
  ///
  /// - Parameter data: What the run trains and is evaluated on.
  /// - Returns: A problem for each setting that would have no effect.
  func conflicts(with data: DataConfiguration) -> [SettingProblem] {
    guard !data.hasEvaluation else {
      guard let earlyStoppingPatience, evaluationSteps == nil else { return [] }
      return [
        SettingProblem(
          setting: "early_stopping_patience",
          message:
            "early_stopping_patience is \(earlyStoppingPatience), but the only evaluation is "
            + "at the end; give eval_steps, or leave early_stopping_patience out")
      ]
    }
    return [("eval_steps", evaluationSteps), ("early_stopping_patience", earlyStoppingPatience)]
      .compactMap { name, value in
        value.map {
          SettingProblem(
            setting: name,
            message: "\(name) is \($0), but nothing is held out to evaluate on; "
              + "give eval_data or eval_fraction, or leave \(name) out")
        }
      }
  }
}
