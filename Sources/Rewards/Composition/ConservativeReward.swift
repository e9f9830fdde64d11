/// A reward that is believed less, or not at all, where the reference finds a completion unlikely.
///
/// The caller hands in the mean log probability of each completion's tokens under the reference.
public struct ConservativeReward: Reward {
  /// What scores.
  public let reward: any Reward
  /// How far its scores are trusted.
  public let weighting: LikelihoodWeighting

  /// Guards a reward.
  ///
  /// - Parameters:
  ///   - reward: What scores.
  ///   - weighting: How far its scores are trusted.
  public init(_ reward: any Reward, weighting: LikelihoodWeighting) {
    self.reward = reward
    self.weighting = weighting
  }

  /// The name of the reward that is guarded.
  public var name: String { reward.name }

  /// What remains of the reward's scores.
  ///
  /// - Parameter batch: Completions with their likelihood under the reference.
  /// - Returns: One score a completion; `nil` also where a filter leaves it out.
  /// - Throws: ``RewardError/withoutReference(reward:row:)``, and whatever the reward throws.
  public func scores(of batch: [RewardedCompletion]) async throws -> [Double?] {
    let likelihoods = try batch.enumerated().map { row, completion in
      guard let likelihood = completion.referenceLogProbability, !likelihood.isNaN else {
        throw RewardError.withoutReference(reward: name, row: row)
      }
      return likelihood
    }
    return zip(try await reward.checkedScores(of: batch), likelihoods).map { score, likelihood in
      score.flatMap { weighting.apply(to: $0, logProbability: likelihood) }
    }
  }
}
