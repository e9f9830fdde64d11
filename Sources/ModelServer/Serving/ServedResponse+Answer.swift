internal import AnnotationStore
internal import Foundation
internal import Oversight
internal import PreferenceData
internal import Monitoring

extension ServedResponse {
  /// One choice of an answer as it is kept. The first has the response's id, the others `id/1` and on.
  init(_ prepared: PreparedRequest, _ answer: Answer, _ index: Int, user: String?) {
    let (choice, head) = (answer.choices[index], prepared.head)
    self.init(
      id: index == 0 ? head.identifier : "\(head.identifier)/\(index)",
      createdAt: Date(timeIntervalSince1970: Double(head.created)), model: head.model,
      policy: prepared.model.fingerprint, arm: prepared.exposure?.arm.rawValue,
      exposure: prepared.exposure.flatMap { try? JSONEncoder().encode($0) }
        .map { String(decoding: $0, as: UTF8.self) },
      user: user, prompt: prepared.passage(ofChoice: index), completion: choice.result.text,
      finishReason: choice.result.ending.rawValue,
      promptTokens: prepared.prompts[index / prepared.request.choices].count,
      completionTokens: choice.tokens, regenerates: prepared.request.regenerates,
      safety: answer.safetyNote(of: index))
  }

  /// The line of `responses.jsonl`, as `attune monitor` reads it.
  func logLine(_ answer: Answer, _ choice: Answer.Choice, key: String) -> String {
    var row: JSONObject = [
      "id": .string(id), "time": .string(createdAt.ISO8601Format()),
      "prompt": prompt.wireValue, "completion": .string(completion), "model": .string(model),
      "policy": .string(policy), "key": .string(key), "finish_reason": .string(finishReason),
      "prompt_tokens": .number(Double(promptTokens)),
      "completion_tokens": .number(Double(completionTokens)), "seconds": .number(answer.seconds),
      "stance": .string(StanceRule().reading(of: completion).stance.rawValue),
    ]
    if let arm { row.set("arm", to: .string(arm)) }
    if let user { row.set("user", to: .string(user)) }
    if let first = answer.firstToken { row.set("first_token_seconds", to: .number(first)) }
    if let verdict = answer.promptVerdict {
      row.set("harmful_prompt", to: .boolean(verdict.isPositive))
    }
    if let verdict = choice.verdict {
      row.set(
        "safety",
        to: .object(
          verdict.probabilities.sorted { $0.key < $1.key }.reduce(into: [:]) {
            $0.set($1.key, to: .number($1.value))
          }))
    }
    return JSONValue.object(row).wireText
  }
}

extension Answer {
  /// What the filter has said of the prompt and of a choice, as JSON; `nil` where nothing reads along.
  fileprivate func safetyNote(of index: Int) -> String? {
    let verdicts = [promptVerdict, choices[index].verdict].compactMap(\.self)
    guard !verdicts.isEmpty else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return (try? encoder.encode(verdicts)).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension Passage {
  /// The passage as records have it.
  fileprivate var wireValue: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .messages(let messages):
      .array(
        messages.map { .object(["role": .string($0.role), "content": .string($0.content)]) })
    }
  }
}
