import PreferenceData
import Sampling

/// The completions of a prompt, and what they are worth.
struct RewardedGroup {
  let prompt: String
  let completions: [SampledCompletion]
  /// The total reward of each; `nil` where no reward has anything to say about it.
  let rewards: [Double?]

  /// The place of the completion with the highest reward, the first of equals; `nil` where none has a
  /// reward.
  var best: Int? {
    rewards.indices.reduce(into: Int?.none) { best, place in
      guard let reward = rewards[place] else { return }
      if let known = best.flatMap({ rewards[$0] }), known >= reward { return }
      best = place
    }
  }

  /// The row of the best one: as that of a single completion, and rewards.
  var bestRow: JSONObject {
    let completion = best.map { completions[$0] }
    var row = JSONObject(prompt: prompt, completion: completion)
    row.set("reward", to: best.flatMap { rewards[$0] }.json)
    row.set("rewards", to: .array(rewards.map(\.json)))
    if best == nil {
      row.set(
        "reason",
        to: .string("no reward has anything to say about any of the \(completions.count)"))
    }
    return row
  }

  /// The row of all of them: lists, and their rewards.
  var listRow: JSONObject {
    var row = JSONObject(prompt: prompt, completions: completions)
    row.set("reward", to: .array(rewards.map(\.json)))
    return row
  }

  /// The best one as a demonstration; `nil` where there is none, or where it was cut off.
  var demonstration: JSONObject? {
    guard let best, completions[best].sample.finishReason == .stop else { return nil }
    return [
      "prompt": .string(prompt), "completion": .string(completions[best].text),
      "reward": rewards[best].json,
    ]
  }
}

extension JSONObject {
  /// The row of a prompt with one completion; with nulls where there is none.
  init(prompt: String, completion: SampledCompletion?) {
    self.init(prompt: prompt) { completion.map($0) ?? .null }
  }

  /// The row of a prompt with a list of completions.
  init(prompt: String, completions: [SampledCompletion]) {
    self.init(prompt: prompt) { value in .array(completions.map(value)) }
  }

  private init(prompt: String, value: ((SampledCompletion) -> JSONValue) -> JSONValue) {
    self = [
      "prompt": .string(prompt), "completion": value { .string($0.text) },
      "log_probability": value { .number($0.logProbability) },
      "tokens": value { .number(Double($0.sample.tokens.count)) },
      "finish_reason": value { .string($0.sample.finishReason.rawValue) },
    ]
  }
}

extension Double? {
  /// The number, or null.
  fileprivate var json: JSONValue { map(JSONValue.number) ?? .null }
}
