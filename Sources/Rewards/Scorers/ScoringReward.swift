public import Evaluations
public import Tokenization

/// Reward models as a reward: one, or an ensemble whose members' scores become one.
public struct ScoringReward: Reward {
  /// What the reward is called in metrics and errors.
  public let name: String
  private let members: [any CompletionScoring]
  private let aggregation: EnsembleAggregation
  private let normalizations: [ScoreNormalization]?

  /// A reward by models.
  ///
  /// - Parameters:
  ///   - name: What it is called in metrics and errors.
  ///   - members: At least one.
  ///   - aggregation: How the members' scores become one.
  ///   - normalizations: One a member, where their scales differ, from a common reference set.
  public init(
    name: String = "reward_model", members: [any CompletionScoring],
    aggregation: EnsembleAggregation = .mean, normalizations: [ScoreNormalization]? = nil
  ) {
    precondition(!members.isEmpty, "an ensemble without members")
    precondition(
      normalizations == nil || normalizations?.count == members.count,
      "as many normalizations as members")
    self.name = name
    self.members = members
    self.aggregation = aggregation
    self.normalizations = normalizations
  }

  /// Scores a batch.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: One score a completion.
  /// - Throws: ``RewardError`` for a member's score that is not finite, and what a member throws.
  public func scores(of batch: [RewardedCompletion]) throws -> [Double?] {
    try memberScores(of: batch)?.combined(aggregation) ?? []
  }

  /// The scores of each member, whose spread says what none of them has seen.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: Scores by member and completion, normalized; `nil` for an empty batch.
  /// - Throws: ``RewardError`` for a score that is not finite, and what a member throws.
  public func memberScores(of batch: [RewardedCompletion]) throws -> EnsembleScores? {
    guard !batch.isEmpty else { return nil }
    let groups = grouped(batch)
    let scores = try members.enumerated().map { index, member in
      let scores = try member.scores(of: groups).flatMap(\.self)
      let label = members.count > 1 ? "\(name), member \(index + 1) of \(members.count)" : name
      guard scores.count == batch.count else {
        throw RewardError.wrongCount(reward: label, seen: scores.count, expected: batch.count)
      }
      if let row = scores.firstIndex(where: { !$0.isFinite }) {
        throw RewardError.notFinite(
          reward: label, score: scores[row], row: row, prompt: batch[row].prompt)
      }
      return scores
    }
    let ensemble = EnsembleScores(members: scores)
    return normalizations.map(ensemble.normalized) ?? ensemble
  }

  /// Neighbours with one prompt make a group, so that the prompt is computed once.
  private func grouped(_ batch: [RewardedCompletion]) -> [PromptCompletions] {
    batch.reduce(into: []) { groups, row in
      if groups.last?.prompt == row.prompt {
        groups[groups.count - 1].completions.append(row.completion)
      } else {
        groups.append(PromptCompletions(row.prompt, completions: [row.completion]))
      }
    }
  }
}
