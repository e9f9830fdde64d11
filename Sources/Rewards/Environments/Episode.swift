/// What was said in turns, and what it was worth.
public struct Episode: Sendable, Hashable {
  /// What the policy saw and what it said to that.
  public struct Turn: Sendable, Hashable {
    /// What was new to the policy: foreign text, on which nothing is trained.
    public let observation: String
    /// What it said.
    public let action: EpisodeAction
    /// What that was worth; `nil` where no reward has anything to say.
    public let reward: Double?
  }

  /// The turns in order.
  public internal(set) var turns: [Turn] = []
  /// Why it ended.
  public internal(set) var ending: EpisodeEnding = .none
  /// What the policy would have seen next, where a limit cut the episode; else empty.
  public internal(set) var lastObservation = ""

  init() {}

  /// Everything said, observations and actions in turn.
  public var context: String {
    turns.map { $0.observation + $0.action.text }.joined()
  }

  /// The sum of rewards; `nil` where no reward had anything to say.
  public var totalReward: Double? {
    let rewards = turns.compactMap(\.reward)
    return rewards.isEmpty ? nil : rewards.reduce(0, +)
  }
}
