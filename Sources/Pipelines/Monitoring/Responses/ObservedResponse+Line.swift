internal import Oversight
public import PreferenceData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ObservedResponse {
  /// The response as a row of a log: what is known, in the order of ``read(_:)``.
  public var row: JSONObject {
    var row: JSONObject = [:]
    func set(_ name: String, _ value: JSONValue?) {
      if let value { row.set(name, to: value) }
    }
    func number(_ value: Double?) -> JSONValue? { value.map { .number($0) } }
    set("id", id.map { .string($0) })
    set("time", time.map { .string($0.formatted(.iso8601)) })
    switch prompt {
    case .text(let text): set("prompt", .string(text))
    case .messages(let messages):
      let list = messages.map {
        JSONValue.object(["role": .string($0.role), "content": .string($0.content)])
      }
      set("prompt", .array(list))
    }
    set("completion", .string(completion))
    for (name, text) in [
      ("model", model), ("policy", policy), ("arm", arm), ("finish_reason", finishReason),
    ] {
      set(name, text.map { .string($0) })
    }
    set("prompt_tokens", number(promptTokens.map(Double.init)))
    set("completion_tokens", number(completionTokens.map(Double.init)))
    set("seconds", number(seconds))
    set("first_token_seconds", number(firstTokenSeconds))
    set("reward", number(reward))
    if !rewards.isEmpty { set("rewards", .array(rewards.map { .number($0) })) }
    if !safety.isEmpty {
      var labels: JSONObject = [:]
      for (name, value) in safety.sorted(by: { $0.key < $1.key }) {
        labels.set(name, to: .number(value))
      }
      set("safety", .object(labels))
    }
    set("stance", stance.map { .string($0.rawValue) })
    for (name, flag) in [
      ("unsafe", isUnsafe), ("harmful_prompt", isHarmfulPrompt), ("biased", isBiased),
      ("unfactual", isUnfactual),
    ] {
      set(name, flag.map { .boolean($0) })
    }
    set("feedback", number(feedback))
    return row
  }
}
