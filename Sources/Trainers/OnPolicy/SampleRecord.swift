internal import PreferenceData
internal import Rewards

/// A completion that is shown to people while a policy learns.
public struct SampleRecord: Sendable, Equatable {
  /// The step that sampled it.
  public let step: Int
  /// What it answers.
  public let prompt: String
  /// What the policy said, without what ended it.
  public let completion: String
  /// Its total reward; `nil` where no reward has anything to say.
  public let reward: Double?
  /// What each source of reward gave, by its name.
  public let rewards: [String: Double]
  /// Tokens of the completion.
  public let tokens: Int
  /// Whether it ended by itself.
  public let isFinished: Bool

  /// A line of `completions.jsonl`, in which control characters are escaped.
  var row: String {
    var row: JSONObject = [
      "step": .number(Double(step)), "prompt": .string(prompt), "completion": .string(completion),
      "reward": reward.map(JSONValue.number) ?? .null,
    ]
    for (name, score) in rewards.sorted(by: { $0.key < $1.key }) {
      row.set("rewards/\(name)", to: .number(score))
    }
    row.set("tokens", to: .number(Double(tokens)))
    row.set("finish_reason", to: .string(isFinished ? "stop" : "length"))
    return JSONValue.object(row).text ?? "{}"
  }
}

extension SampleRecord {
  /// The first completion of each of some prompts of a rollout.
  ///
  /// - Parameters:
  ///   - count: Of how many prompts.
  ///   - rollout: What was sampled.
  ///   - step: The step.
  /// - Returns: One completion a prompt.
  static func first(
    _ count: Int, of rollout: Rollouts.Rollout, step: Int
  ) -> [SampleRecord] {
    rollout.buffer.groups.prefix(count).map { group in
      let index = group.lowerBound
      let experience = rollout.buffer.experiences[index]
      let rewards = rollout.scores.parts.compactMap { part in
        part.raw[rollout.lastScore(of: index)].map { (part.name, $0) }
      }
      return SampleRecord(
        step: step, prompt: experience.turns.last?.context ?? "", completion: experience.text,
        reward: experience.reward, rewards: Dictionary(uniqueKeysWithValues: rewards),
        tokens: experience.behavior.count, isFinished: experience.isFinished)
    }
  }
}
