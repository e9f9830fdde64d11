internal import Evaluations
internal import PreferenceData

/// A causal language model that is shown two answers in both orders, and prefers the one whose letter is
/// the more probable continuation of ``ComparisonQuestion``.
///
/// A model that was not trained to follow instructions judges at chance, and mostly by position.
struct PairwiseModelJudge {
  private let scorer: ModelContinuationScorer

  /// Reads a model.
  init(directory: String) throws { scorer = try ModelContinuationScorer(directory: directory) }

  /// Compares every two models' completions, place by place.
  ///
  /// - Parameters:
  ///   - answers: What is judged, and where the verdicts go.
  ///   - progress: Told how many comparisons are done; may throw to stop.
  /// - Throws: What `progress` throws; `EngineError`, for instance for answers beyond the judge's positions.
  func judge(
    _ answers: inout ComparedAnswers, progress: (ModelComparison.Progress) throws -> Void
  ) throws {
    let (models, each) = (answers.models, answers.completionsEach)
    let prompts = answers.prompts.flatMap { prompt in (0..<each).map { _ in prompt } }
    let texts = models.map { $0.completions.flatMap { $0.map(\.text) } }
    var all: [SwappedJudgment] = []
    var equal = 0
    let total = prompts.count * models.count * (models.count - 1) / 2
    answers.verdicts = try ComparisonVerdicts(models: models.count) { first, second in
      let rows = prompts.indices.filter { texts[first][$0] != texts[second][$0] }
      let before = all.count + equal
      let asked = try judgments(
        rows.map { (prompts[$0].text, texts[first][$0], texts[second][$0]) },
        at: rows.map { prompts[$0] }
      ) { done in
        try progress(.init(activity: "judging", done: before + done, total: total))
      }
      var outcomes = [VoteOutcome](repeating: .tie, count: prompts.count)
      for (row, judgment) in zip(rows, asked) { outcomes[row] = judgment.outcome }
      all += asked
      equal += prompts.count - rows.count
      return outcomes
    }
    answers.judging = .init(all, equalAnswers: equal)
  }

  private func judgments(
    _ pairs: [(prompt: String, own: String, other: String)], at prompts: [ComparedPrompt],
    progress: (_ done: Int) throws -> Void
  ) throws -> [SwappedJudgment] {
    let questions = pairs.flatMap { pair in
      [
        ComparisonQuestion(prompt: pair.prompt, first: pair.own, second: pair.other),
        ComparisonQuestion(prompt: pair.prompt, first: pair.other, second: pair.own),
      ].map { OptionQuestion($0.text, options: ComparisonQuestion.options) }
    }
    let sums = try scorer.logProbabilities(of: questions) { try progress($0 / 2) }
    return try zip(prompts, stride(from: 0, to: sums.count, by: 2)).map { prompt, index in
      guard (sums[index] + sums[index + 1]).allSatisfy(\.isFinite) else {
        throw PipelineError.notANumber(prompt.source)
      }
      return SwappedJudgment(
        ownFirst: Self.choice(sums[index]), ownSecond: Self.choice(sums[index + 1]))
    }
  }

  private static func choice(_ options: [Double]) -> SwappedJudgment.Choice? {
    options[0] == options[1] ? nil : options[0] > options[1] ? .first : .second
  }
}
