public import Evaluations
public import Tokenization

/// Reward models as a reward: one, or an ensemble whose members' scores become one.
///
/// An ensemble is several scorers, or one with several members, or both.
public struct ScoringReward: Reward {
  /// What the reward is called in metrics and errors.
  public let name: String
  /// How many members there are, over all scorers.
  public let memberCount: Int
  private let scorers: [any CompletionScoring]
  private let aggregation: EnsembleAggregation
  private let normalizations: [ScoreNormalization]?

  /// A reward by models.
  ///
  /// - Parameters:
  ///   - name: What it is called in metrics and errors.
  ///   - scorers: At least one; all members of each are members of the ensemble.
  ///   - aggregation: How the members' scores become one.
  ///   - normalizations: One a member, where their scales differ, from a common reference set.
  public init(
    name: String = "reward_model", scorers: [any CompletionScoring],
    aggregation: EnsembleAggregation = .mean, normalizations: [ScoreNormalization]? = nil
  ) {
    memberCount = scorers.reduce(0) { $0 + $1.memberCount }
    precondition(memberCount > 0, "an ensemble without members")
    precondition(
      normalizations == nil || normalizations?.count == memberCount,
      "as many normalizations as members")
    self.name = name
    self.scorers = scorers
    self.aggregation = aggregation
    self.normalizations = normalizations
  }

  /// What a person should know about an ensemble whose members may score on different scales, as a
  /// sentence; `nil` where there is nothing to say.
  public var scaleNote: String? {
    guard memberCount > 1, normalizations == nil else { return nil }
    return
      "the scores of \(memberCount) reward models become one as they are, whatever their scales; "
      + "reward_normalization stored gives all of them mean 0 and deviation 1 first"
  }

  /// Scores a batch.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: One score a completion.
  /// - Throws: ``RewardError`` for a member's score that is not finite, and what a scorer throws.
  public func scores(of batch: [RewardedCompletion]) throws -> [Double?] {
    try memberScores(of: batch)?.combined(aggregation) ?? []
  }

  /// The variance of the members' scores of a completion, averaged over a batch: it grows where a
  /// policy goes what the members have not seen.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: `nil` for an empty batch, or a single member.
  /// - Throws: ``RewardError`` for a score that is not finite, and what a scorer throws.
  public func meanVariance(of batch: [RewardedCompletion]) throws -> Double? {
    guard memberCount > 1 else { return nil }
    return try memberScores(of: batch)?.variances().map { $0.reduce(0, +) / Double($0.count) }
  }

  /// The scores of each member, whose spread says what none of them has seen.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: Scores by member and completion, normalized; `nil` for an empty batch.
  /// - Throws: ``RewardError`` for a score that is not finite, and what a scorer throws.
  public func memberScores(of batch: [RewardedCompletion]) throws -> EnsembleScores? {
    guard !batch.isEmpty else { return nil }
    let groups = grouped(batch)
    var members: [[Double]] = []
    for scorer in scorers {
      let scores = try scorer.memberScores(of: groups).flatMap(\.self)
      guard scores.count == batch.count else {
        throw RewardError.wrongCount(
          reward: label(of: members.count), seen: scores.count, expected: batch.count)
      }
      for member in 0..<scorer.memberCount {
        members.append(scores.map { $0[member] })
        try check(members, batch)
      }
    }
    let ensemble = EnsembleScores(members: members)
    return normalizations.map(ensemble.normalized) ?? ensemble
  }

  /// Refuses scores of the last member that are not finite.
  private func check(
    _ members: [[Double]], _ batch: [RewardedCompletion]
  ) throws(RewardError) {
    guard let scores = members.last, let row = scores.firstIndex(where: { !$0.isFinite }) else {
      return
    }
    throw .notFinite(
      reward: label(of: members.count - 1), score: scores[row], row: row,
      prompt: batch[row].prompt)
  }

  /// What a member is called in errors.
  private func label(of member: Int) -> String {
    memberCount > 1 ? "\(name), member \(member + 1) of \(memberCount)" : name
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
