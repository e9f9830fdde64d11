/// How completions are sampled from the policy while it learns.
///
/// There is a temperature and no top-k, top-p, min-p or repetition penalty: what they draw from is
/// another distribution than the one whose gradient is taken, and every ratio would be wrong.
public struct RolloutConfiguration: Equatable, Sendable {
  /// Completions of each prompt: G.
  public var generations: Int
  /// Tokens of a completion at most.
  public var maxCompletionLength = 512
  /// What logits are divided by before a token is drawn, and wherever log π is taken while learning.
  public var temperature = 1.0
  /// Texts at which a completion ends.
  public var stopTexts: [String] = []
  /// Whether completions that did not end by themselves are not learned from.
  public var masksTruncated = false
  /// Answers of an episode at most, where the user goes on.
  public var turnLimit = 8
  /// Which answers of an episode are rewarded.
  public var rewardTiming = RewardTimingChoice.end
  /// Steps between sample completions in the log; 0 for none.
  public var sampleSteps = 10

  /// One way of sampling.
  ///
  /// - Parameter generations: Completions of each prompt.
  public init(generations: Int) { self.generations = generations }

  /// The settings of every on-policy method.
  public static let settings: [Setting<Self>] = [
    Setting("num_generations", \.generations, allowed: .atLeast(1), "Completions of each prompt."),
    Setting(
      "max_completion_length", \.maxCompletionLength, allowed: .atLeast(1),
      "Tokens of a completion at most."),
    Setting(
      "temperature", \.temperature, allowed: .above(0),
      "What logits are divided by, in sampling and in learning."),
    Setting(
      "stop", \.stopTexts, placeholder: "text",
      "Texts at which a completion ends, beside the end of sequence."),
    Setting(
      "mask_truncated_completions", \.masksTruncated,
      "Whether completions that did not end by themselves are not learned from."),
    Setting(
      "turn_limit", \.turnLimit, allowed: .atLeast(1),
      "Answers of an episode at most, where a prompt's row has follow_ups."),
    Setting(
      "reward_timing", \.rewardTiming,
      "Which answers of an episode are rewarded: the last, or each."),
    Setting(
      "log_completions_steps", \.sampleSteps, allowed: .atLeast(0),
      "Steps between sample completions in completions.jsonl and on the terminal; 0 for none."),
  ]
}

/// Which answers of an episode are rewarded.
public enum RewardTimingChoice: String, SettingChoice {
  /// The last.
  case end
  /// Each, for what was said before it.
  case everyTurn = "every_turn"
}
