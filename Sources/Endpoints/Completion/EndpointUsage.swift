internal import PreferenceData

/// What answers of servers have taken.
public struct EndpointUsage: Sendable, Hashable, Codable {
  /// How many requests were answered.
  public var calls = 0
  /// How many of the answers did not say what they took.
  public var uncountedCalls = 0
  /// The tokens of all prompts.
  public var promptTokens = 0
  /// The tokens of all completions.
  public var completionTokens = 0

  /// Nothing.
  public init() {}

  /// What the tokens cost: Σ tokens · price / 10⁶.
  ///
  /// - Parameter pricing: The prices.
  /// - Returns: The sum, in the unit of the prices.
  public func cost(at pricing: EndpointPricing) -> Double {
    (Double(promptTokens) * pricing.prompt + Double(completionTokens) * pricing.completion) / 1e6
  }

  /// Counts an answer.
  ///
  /// - Parameter answer: What a server said, with `usage` if it says so.
  mutating func count(_ answer: JSONValue) {
    calls += 1
    guard case .object(let fields) = answer, case .object(let usage) = fields["usage"],
      let prompt = usage.tokens("prompt_tokens")
    else {
      uncountedCalls += 1
      return
    }
    promptTokens += prompt
    // A server that wrote nothing may leave it out.
    completionTokens += usage.tokens("completion_tokens") ?? 0
  }
}

extension JSONObject {
  /// A number of tokens.
  fileprivate func tokens(_ name: String) -> Int? {
    guard case .number(let number) = self[name], let count = Int(exactly: number), count >= 0 else {
      return nil
    }
    return count
  }
}
