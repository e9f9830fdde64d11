/// The answers of several models to the same prompts, with everything that was found out about them: what a
/// ``ModelComparisonResult`` is computed from, and what is written as rows.
public struct ComparedAnswers: Sendable {
  /// The prompts.
  public var prompts: [ComparedPrompt]
  /// The models with their completions of each prompt.
  public var models: [ComparedModel]
  /// Who decides, for the record.
  public var judge: String
  /// The further judges, whose scores completions have in this order.
  public var furtherJudges: [String] = []
  /// Who wins each comparison, rows in the order of prompts and their completions; `nil` where scores
  /// say it.
  public var verdicts: ComparisonVerdicts?
  /// How the judge depends on the order of answers, where it is shown two.
  public var judging: ModelComparisonResult.Judging?
  /// What could not be measured, and why.
  public var notes: [String] = []

  /// Answers of which nothing is known but who decides.
  ///
  /// - Parameters:
  ///   - prompts: At least one.
  ///   - models: At least two, each with equally many completions of every prompt.
  ///   - judge: Who decides, for the record.
  public init(prompts: [ComparedPrompt], models: [ComparedModel], judge: String) {
    let count = models.first?.completions.first?.count ?? 0
    precondition(!prompts.isEmpty && models.count > 1, "nothing to compare")
    precondition(
      count > 0
        && models.allSatisfy { model in
          model.completions.count == prompts.count
            && model.completions.allSatisfy { $0.count == count }
        },
      "models with different numbers of completions")
    self.prompts = prompts
    self.models = models
    self.judge = judge
  }

  /// Completions of each prompt.
  var completionsEach: Int { models[0].completions[0].count }
}
