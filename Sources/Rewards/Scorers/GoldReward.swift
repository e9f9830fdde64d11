public import Sandbox

/// The total score of the sandbox's judge, from 0 to 1: the truth that a learned reward stands for.
public struct GoldReward: Reward {
  /// `gold`.
  public let name = "gold"
  private let judge: GoldJudge

  /// A reward by a judge.
  ///
  /// - Parameter judge: A judge of the world that the prompts are about.
  public init(judge: GoldJudge) {
    self.judge = judge
  }

  /// Scores completions one by one.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: One score a completion.
  public func scores(of batch: [RewardedCompletion]) -> [Double?] {
    batch.map { judge.score(prompt: $0.prompt, completion: $0.completion).total }
  }
}
