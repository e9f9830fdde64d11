internal import PreferenceData

/// What a response says of itself, in each of its parts the same.
public struct ResponseHead: Sendable, Hashable {
  /// Which endpoint answers.
  public let kind: ResponseKind
  /// The response's id.
  public let identifier: String
  /// When it was begun, in seconds since 1970.
  public let created: Int
  /// The model's name.
  public let model: String
  /// Which policy it is: the same one gives the same answer to the same seed.
  public let fingerprint: String

  /// A head.
  ///
  /// - Parameters:
  ///   - kind: Which endpoint answers.
  ///   - identifier: The response's id; see ``ResponseKind/identifier(using:)``.
  ///   - created: When it was begun, in seconds since 1970.
  ///   - model: The model's name.
  ///   - fingerprint: Which policy it is.
  public init(
    _ kind: ResponseKind, identifier: String, created: Int, model: String, fingerprint: String
  ) {
    (self.kind, self.identifier, self.created) = (kind, identifier, created)
    (self.model, self.fingerprint) = (model, fingerprint)
  }

  /// A whole response, for who does not want a stream.
  ///
  /// - Parameter result: What was written.
  /// - Returns: One line of JSON.
  public func json(_ result: GenerationResult) -> String {
    var object = object(named: kind.wholeObject)
    object.set("choices", to: .array(result.choices.map { .object(choice($0)) }))
    object.set("usage", to: result.usage.json)
    return JSONValue.object(object).wireText
  }

  /// The fields that all parts share.
  func object(named name: String) -> JSONObject {
    [
      "id": .string(identifier), "object": .string(name), "created": .number(Double(created)),
      "model": .string(model), "system_fingerprint": .string(fingerprint),
    ]
  }

  private func choice(_ choice: ChoiceResult) -> JSONObject {
    var object: JSONObject = ["index": .number(Double(choice.index))]
    switch kind {
    case .chat:
      object.set(
        "message",
        to: .object([
          "role": .string("assistant"), "content": .string(choice.text), "refusal": .null,
        ]))
      object.set("logprobs", to: choice.tokens.map { LogProbabilities.chat($0) } ?? .null)
    case .text:
      object.set("text", to: .string(choice.text))
      object.set("logprobs", to: choice.tokens.map { LogProbabilities.text($0, from: 0) } ?? .null)
    }
    object.set("finish_reason", to: .string(choice.ending.rawValue))
    return object
  }
}

extension TokenUsage {
  /// The numbers and their sum.
  var json: JSONValue {
    .object([
      "prompt_tokens": .number(Double(prompt)), "completion_tokens": .number(Double(completion)),
      "total_tokens": .number(Double(prompt + completion)),
    ])
  }
}
