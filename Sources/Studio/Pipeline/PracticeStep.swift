/// A step of the policy against the reward model, or a look at it in between.
public struct PracticeStep: Sendable, Hashable {
  /// Steps done; 0 before the first.
  public var step: Int
  /// All steps.
  public var total: Int
  /// The mean score that the reward model gives what the policy says; `nil` where it was not asked.
  public var reward: Double?
  /// KL(π‖π_ref) from the model as it was, in nats a completion; `nil` where it was not asked.
  public var divergence: Double?
  /// The mean score of the judge over held-out prompts; `nil` where it was not asked.
  public var gold: Double?

  /// A step.
  ///
  /// - Parameters:
  ///   - step: Steps done; 0 before the first.
  ///   - total: All steps.
  ///   - reward: The mean score that the reward model gives.
  ///   - divergence: KL from the model as it was, in nats a completion.
  ///   - gold: The mean score of the judge over held-out prompts.
  public init(
    step: Int, total: Int, reward: Double? = nil, divergence: Double? = nil, gold: Double? = nil
  ) {
    self.step = step
    self.total = total
    self.reward = reward
    self.divergence = divergence
    self.gold = gold
  }
}
