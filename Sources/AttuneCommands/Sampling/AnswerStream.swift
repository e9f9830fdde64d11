import Sampling
import Tokenization

/// Shows completions on standard output while they are drawn.
struct AnswerStream {
  let sampler: Sampler
  let tokenizer: Tokenizer
  /// Texts at which a completion ends, and which are not shown.
  let stops: [String]

  /// Answers a prompt.
  ///
  /// - Parameters:
  ///   - prompt: What is continued, a token at least.
  ///   - observe: Told of each token; may throw to stop.
  /// - Returns: The completion, all of which was shown.
  /// - Throws: What `observe` throws, or `EngineError`.
  func answer(
    _ prompt: String, observe: (SamplingEvent) throws -> Void
  ) throws -> SampledCompletion {
    var text = GrowingText(tokenizer: tokenizer, stops: stops)
    let completion = try sampler.completions(of: [prompt]) { event in
      try observe(event)
      guard case .token(let token) = event, !token.isEnd else { return }
      show(text.append(token.token.id))
    }[0][0]
    show(text.rest(of: completion.text) + "\n")
    return completion
  }

  /// Model text is anything; a terminal must not act on it.
  private func show(_ text: String) {
    let stream = StandardStream.output
    stream.write(stream.isTerminal ? text.escapingControlCharacters : text)
  }
}
