/// Who judges held-out completions while a policy learns, so that an exploited reward shows.
public struct WatchConfiguration: Equatable, Sendable {
  /// Whether the judge of the sandbox world does.
  public var usesGold = false
  /// Directories of reward models that have no part in training.
  public var models: [String] = []
  /// A command that reads completions and writes scores, as JSON lines.
  public var program: String?
  /// Words and phrases whose share of all words is watched.
  public var keywords: [String] = []

  /// Nobody judges.
  public init() {}

  /// Whether anybody judges.
  public var hasJudge: Bool { usesGold || !models.isEmpty || program != nil }

  /// The settings of every on-policy method.
  public static let settings: [Setting<Self>] = [
    Setting(
      "judge_gold", \.usesGold,
      "Whether the judge of the sandbox world scores held-out completions, for watching alone."),
    Setting(
      "judge_model", \.models, placeholder: "directory",
      "Reward models without part in training that score held-out completions."),
    Setting(
      "judge_program", \.program, placeholder: "command",
      "Command that scores held-out completions, in the form of reward_program."),
    Setting(
      "watch_keywords", \.keywords, placeholder: "text",
      "Words and phrases whose share of all words is watched."),
  ]

  /// What is wrong with these settings.
  ///
  /// - Parameters:
  ///   - prompts: What is held out.
  ///   - run: How often it is looked at, and whether it may end the run.
  /// - Returns: A problem for each setting that would have no effect, or cannot work.
  func conflicts(with prompts: PromptConfiguration, _ run: RunConfiguration) -> [SettingProblem] {
    var problems: [SettingProblem] = []
    let judges = [
      ("judge_gold", usesGold), ("judge_model", !models.isEmpty), ("judge_program", program != nil),
    ].filter(\.1).map(\.0)
    if judges.count > 1 {
      problems.append(
        SettingProblem(
          setting: judges[1],
          message:
            "\(judges.joined(separator: " and ")) are given, but gold is the score of one judge; "
            + "leave the others out"))
    }
    if !prompts.hasEvaluation {
      let idle =
        judges + (keywords.isEmpty ? [] : ["watch_keywords"])
        + (run.evaluationSteps == nil ? [] : ["eval_steps"])
        + (run.earlyStoppingPatience == nil ? [] : ["early_stopping_patience"])
      problems += idle.map {
        SettingProblem(
          setting: $0,
          message:
            "\($0) is given, but no prompts are held out; give eval_prompts or eval_fraction, or "
            + "leave \($0) out")
      }
      return problems
    }
    guard let patience = run.earlyStoppingPatience else { return problems }
    if !hasJudge {
      problems.append(
        SettingProblem(
          setting: "early_stopping_patience",
          message:
            "early_stopping_patience is \(patience), but nobody judges the held-out completions; "
            + "give judge_gold, judge_model or judge_program, or leave it out: a policy that is stopped by "
            + "its own reward is never stopped"))
    }
    if run.evaluationSteps == nil {
      problems.append(
        SettingProblem(
          setting: "early_stopping_patience",
          message:
            "early_stopping_patience is \(patience), but the only evaluations are at the start and "
            + "the end; give eval_steps, or leave early_stopping_patience out"))
    }
    return problems
  }
}
