public import Rewards

/// What the completions of a run are worth, and who watches.
public struct OnPolicyRewards {
  /// What is trained on.
  public var reward: CompositeReward
  /// The ensemble of reward models in it, whose spread is watched; `nil` where there is none.
  public var ensemble: ScoringReward?
  /// Who judges held-out completions and has no part in training; `nil` for nobody.
  public var judge: CompositeReward?

  /// Joins them.
  ///
  /// - Parameters:
  ///   - reward: What is trained on.
  ///   - ensemble: The ensemble of reward models in it.
  ///   - judge: Who judges held-out completions.
  public init(
    reward: CompositeReward, ensemble: ScoringReward? = nil, judge: CompositeReward? = nil
  ) {
    self.reward = reward
    self.ensemble = ensemble
    self.judge = judge
  }
}
