/// Something that says how good completions are: a model, a rule, a program, a judge.
public protocol Reward {
  /// What the reward is called in metrics and errors.
  var name: String { get }

  /// Scores a batch.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: One score a completion in order, higher for better ones; `nil` where this reward has
  ///   nothing to say about the completion.
  /// - Throws: What the reward cannot do, as a sentence.
  func scores(of batch: [RewardedCompletion]) async throws -> [Double?]
}

extension Reward {
  /// As ``scores(of:)``, and refuses what nobody could train on.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: One score a completion in order, finite or `nil`.
  /// - Throws: ``RewardError`` for scores that are not finite or not as many as completions, and
  ///   whatever the reward throws.
  public func checkedScores(of batch: [RewardedCompletion]) async throws -> [Double?] {
    let scores = try await scores(of: batch)
    guard scores.count == batch.count else {
      throw RewardError.wrongCount(reward: name, seen: scores.count, expected: batch.count)
    }
    for (row, score) in scores.enumerated() {
      guard let score, !score.isFinite else { continue }
      throw RewardError.notFinite(
        reward: name, score: score, row: row, prompt: batch[row].prompt)
    }
    return scores
  }
}
