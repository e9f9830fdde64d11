public import PreferenceData
internal import Trainers

/// Has a model answer a fixed set of prompts, and its answers judged beside those of the baseline by reward models.
public struct CanaryComparison {
  /// The prompts, each with the baseline's answer.
  public var answers: [ObservedResponse]
  /// The folders of the reward models; their scores are added up.
  public var rewardModels: [String]

  /// A comparison.
  ///
  /// - Parameters:
  ///   - answers: The prompts, each with the baseline's answer; one at least.
  ///   - rewardModels: The folders of the reward models; one at least.
  public init(_ answers: [ObservedResponse], rewardModels: [String]) {
    precondition(!answers.isEmpty && !rewardModels.isEmpty, "nothing to judge, or nobody")
    (self.answers, self.rewardModels) = (answers, rewardModels)
  }

  /// Asks and judges.
  ///
  /// - Parameters:
  ///   - completer: The model.
  ///   - progress: Told how many prompts are done; may throw to stop.
  /// - Returns: How often the model's answers are better.
  /// - Throws: What the model and `progress` throw, ``PipelineError``, or what is wrong with a reward model.
  public func callAsFunction(
    _ completer: any Completer, progress: (ResponseEnrichment.Progress) throws -> Void
  ) async throws -> CanaryWins {
    let prompts = try answers.map { try $0.plainPrompt }
    let own = try await completer.completions(
      of: prompts.enumerated().map { CompletionRequest($1, draw: UInt64($0)) })
    try progress(.init(activity: "answering", done: own.count, total: own.count))
    var current = [Double](repeating: 0, count: own.count)
    var baseline = current
    for directory in rewardModels {
      let scoring = try RewardScoring(directory: directory)
      let groups = answers.indices.map {
        scoring.group(prompt: prompts[$0], completions: [own[$0], answers[$0].completion])
      }
      var scores: [[Double]] = []
      try scoring.score(groups) { range, batch in
        scores += batch.map { $0.map(\.value) }
        try progress(.init(activity: "judging", done: range.upperBound, total: groups.count))
      }
      for (place, pair) in scores.enumerated() {
        guard pair.allSatisfy(\.isFinite) else {
          throw PipelineError.notANumber(answers[place].place)
        }
        current[place] += pair[0]
        baseline[place] += pair[1]
      }
    }
    return CanaryWins(current: current, baseline: baseline)
  }
}
