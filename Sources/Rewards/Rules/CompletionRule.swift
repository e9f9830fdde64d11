/// A rule that scores one completion by its text, from 0 to 1 for what is rewarded and from −1 to 0
/// for what is penalised.
public protocol CompletionRule: Codable, Sendable {
  /// The rule's `type` in a file.
  static var type: String { get }

  /// Scores a completion.
  ///
  /// - Parameter completion: A completion with its prompt.
  /// - Returns: A score from −1 to 1; `nil` where the rule has nothing to say.
  func score(_ completion: RewardedCompletion) -> Double?
}

/// Whether what a rule finds is good or bad.
public enum RuleEffect: String, Sendable, Hashable, Codable, CaseIterable {
  /// Scores lie from 0 to 1.
  case reward
  /// Scores lie from −1 to 0.
  case penalty

  /// The score for finding so much.
  ///
  /// - Parameter share: From 0 to 1.
  /// - Returns: The share with the effect's sign.
  func score(_ share: Double) -> Double {
    switch self {
    case .reward: share
    case .penalty: share == 0 ? 0 : -share
    }
  }
}

/// A rule as a reward of a batch.
public struct RuleReward: Reward {
  /// What the reward is called in metrics and errors.
  public let name: String
  /// What scores.
  public let rule: any CompletionRule

  /// A reward by a rule.
  ///
  /// - Parameters:
  ///   - rule: What scores.
  ///   - name: What it is called in metrics and errors; the rule's type if it is `nil`.
  public init(_ rule: some CompletionRule, name: String? = nil) {
    self.rule = rule
    self.name = name ?? Swift.type(of: rule).type
  }

  /// Scores completions one by one.
  ///
  /// - Parameter batch: Completions with their prompts.
  /// - Returns: What the rule says of each.
  public func scores(of batch: [RewardedCompletion]) -> [Double?] {
    batch.map(rule.score)
  }
}
