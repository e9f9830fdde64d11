internal import PreferenceData

/// Log probabilities as the two kinds of response show them.
enum LogProbabilities {
  /// What OpenAI shows for what is all but impossible, since JSON has no infinity.
  private static let lowest = -9999.0

  /// Those of a turn of a conversation.
  static func chat(_ tokens: [GeneratedToken]) -> JSONValue {
    let content = tokens.map { token -> JSONValue in
      var object = chat(token.drawn)
      object.set("top_logprobs", to: .array(token.alternatives.map { .object(chat($0)) }))
      return .object(object)
    }
    return .object(["content": .array(content), "refusal": .null])
  }

  /// Those of a text, whose tokens begin at an offset in it, counted in code points.
  static func text(_ tokens: [GeneratedToken], from offset: Int) -> JSONValue {
    var (next, offsets): (Int, [JSONValue]) = (offset, [])
    for token in tokens {
      offsets.append(.number(Double(next)))
      next += token.drawn.text.unicodeScalars.count
    }
    return .object([
      "tokens": .array(tokens.map { .string($0.drawn.text) }),
      "token_logprobs": .array(tokens.map { number($0.drawn) }),
      "top_logprobs": .array(tokens.map { .object(byText($0)) }),
      "text_offset": .array(offsets),
    ])
  }

  private static func chat(_ candidate: GeneratedToken.Candidate) -> JSONObject {
    [
      "token": .string(candidate.text), "logprob": number(candidate),
      "bytes": .array(candidate.bytes.map { .number(Double($0)) }),
    ]
  }

  /// By the tokens' texts, the drawn one always among them; of several with the same text the most
  /// likely.
  private static func byText(_ token: GeneratedToken) -> JSONObject {
    var object: JSONObject = [:]
    for candidate in token.alternatives + [token.drawn] where object[candidate.text] == nil {
      object.set(candidate.text, to: number(candidate))
    }
    return object
  }

  private static func number(_ candidate: GeneratedToken.Candidate) -> JSONValue {
    .number(Double.maximum(candidate.logProbability, lowest))
  }
}
