internal import PreferenceData
internal import Sampling

extension SamplingParameters {
  /// Below this a temperature is as good as 0, and logits divided by it may not be finite.
  private static let lowestTemperature = 1e-3

  /// Reads how tokens are drawn: the fields that OpenAI has, and those beyond them that other servers
  /// of open models have. The seed is left out.
  init(
    _ fields: inout RequestFields, maxTokens: Int?, limits: RequestLimits
  ) throws(RequestProblem) {
    let temperature = try fields["temperature"]?.number(0...2) ?? 1
    self.init(choice: temperature < Self.lowestTemperature ? .greedy : .temperature(temperature))
    truncation.topP = try fields["top_p"]?.positiveNumber(atMost: 1) ?? 1
    truncation.minP = try fields["min_p"]?.number(0...1) ?? 0
    // 0 and −1 are how other servers say all.
    if let count = try fields["top_k"]?.integer(-1...1_000_000), count > 0 {
      truncation.topK = count
    }
    repetitionPenalty = try fields["repetition_penalty"]?.positiveNumber(atMost: 10) ?? 1
    minNewTokens = try fields["min_tokens"]?.integer(0...limits.maxTokens) ?? 0
    if let maxTokens, minNewTokens > maxTokens {
      throw .invalid(
        "min_tokens",
        "'min_tokens' is \(minNewTokens), but at most \(maxTokens) tokens are asked for.")
    }
    stopTexts = try Self.stopTexts(&fields, limits)
    if let value = fields["stop_token_ids"] {
      for id in try value.list(0...limits.stopIDs, of: "token ids") {
        stopIDs.insert(Int32(try id.integer(0...Int(Int32.max))))
      }
    }
    for name in ["presence_penalty", "frequency_penalty"] {
      if let penalty = fields[name], try penalty.number(-2...2) != 0 {
        throw .unsupported(name, "Leave it out, or use 'repetition_penalty'.")
      }
    }
  }

  /// One text or several at which a completion ends.
  private static func stopTexts(
    _ fields: inout RequestFields, _ limits: RequestLimits
  ) throws(RequestProblem) -> [String] {
    guard let value = fields["stop"] else { return [] }
    if case .string = value.value { return [try value.text(limit: limits.stopCharacters)] }
    guard case .array = value.value else { throw value.refusal("a text or a list of texts") }
    var texts: [String] = []
    for text in try value.list(0...limits.stopTexts, of: "texts") {
      texts.append(try text.text(limit: limits.stopCharacters))
    }
    return texts
  }
}
