import Rewards
import Trainers
import TrainingConfiguration

extension OnPolicyConfiguration {
  /// The sources of reward that the settings name, and the judge.
  ///
  /// - Returns: What completions are worth, and who watches.
  /// - Throws: What is wrong with a model, a file of rules or an address.
  func rewards() throws -> OnPolicyRewards {
    let sources = try RewardSources(reward)
    return OnPolicyRewards(
      reward: sources.reward, ensemble: sources.ensemble,
      judge: try watch.judge(world: reward.worldSeed, timeout: reward.timeout)
        .map { try RewardSources($0).reward })
  }
}

extension WatchConfiguration {
  /// The judge as a source of reward; `nil` for nobody.
  fileprivate func judge(world: Int, timeout: Double) -> RewardSourceConfiguration? {
    guard hasJudge else { return nil }
    var judge = RewardSourceConfiguration()
    judge.usesGold = usesGold
    judge.models = models
    judge.program = program
    judge.worldSeed = world
    judge.timeout = timeout
    return judge
  }
}
