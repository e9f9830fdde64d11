internal import PreferenceData

extension CompletionSettings {
  /// What a server is to start its generator from: the lower 32 bits of draw + seed · γ, which no server
  /// finds too large. γ is 2⁶⁴ over the golden ratio, so that neighbouring seeds start far apart.
  ///
  /// - Parameter draw: Where the draw of a request starts.
  /// - Returns: A number below 2³².
  func seed(for draw: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: draw &+ seed &* 0x9E37_79B9_7F4A_7C15)
  }

  /// The request for a completion.
  ///
  /// - Parameter request: What is continued.
  /// - Returns: The body.
  func body(of request: CompletionRequest) -> JSONObject {
    var body = asking(
      CompletionPrompt(request.prompt, for: api), temperature: temperature,
      maximumTokens: maximumTokens, draw: request.draw)
    if !stop.isEmpty { body.set("stop", to: .array(stop.map { .string($0) })) }
    return body
  }

  /// The request for the log probabilities of what may follow.
  ///
  /// - Parameters:
  ///   - question: A text and what may follow.
  ///   - names: What the options are called.
  /// - Returns: The body.
  func body(of question: OptionQuestion, naming names: OptionNames) -> JSONObject {
    // At a temperature of 1 a server that applies it to what it reports reports the model's own.
    var body = asking(names.prompt(of: question, for: api), temperature: 1, maximumTokens: 1)
    switch api {
    case .chat:
      body.set("logprobs", to: .boolean(true))
      body.set("top_logprobs", to: .number(20))
    case .text: body.set("logprobs", to: .number(5))
    }
    return body
  }

  /// The request for a vote.
  ///
  /// - Parameters:
  ///   - question: A text and what may follow.
  ///   - names: What the options are called.
  ///   - vote: The number of the vote, from 0.
  ///   - maximumTokens: The longest vote in tokens.
  /// - Returns: The body.
  func body(
    of question: OptionQuestion, naming names: OptionNames, vote: Int, maximumTokens: Int
  ) -> JSONObject {
    asking(
      names.prompt(of: question, for: api), temperature: temperature, maximumTokens: maximumTokens,
      draw: UInt64(vote))
  }

  private func asking(
    _ prompt: CompletionPrompt, temperature: Double, maximumTokens: Int, draw: UInt64 = 0
  ) -> JSONObject {
    var body: JSONObject = ["model": .string(model)]
    switch prompt {
    case .messages(let messages):
      body.set(
        "messages",
        to: .array(
          messages.map {
            .object(["role": .string($0.role), "content": .string($0.content)])
          }))
    case .text(let text): body.set("prompt", to: .string(text))
    }
    body.set("temperature", to: .number(temperature))
    body.set("max_tokens", to: .number(Double(maximumTokens)))
    body.set("seed", to: .number(Double(seed(for: draw))))
    body.set("n", to: .number(1))
    return body
  }
}
