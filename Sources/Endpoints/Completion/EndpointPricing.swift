/// What tokens cost, in any unit.
public struct EndpointPricing: Sendable, Hashable, Codable {
  /// The price of a million tokens of prompts.
  public var prompt: Double
  /// The price of a million tokens of completions.
  public var completion: Double

  /// Prices.
  ///
  /// - Parameters:
  ///   - prompt: The price of a million tokens of prompts, at least 0.
  ///   - completion: The price of a million tokens of completions, at least 0.
  public init(prompt: Double, completion: Double) {
    precondition(
      prompt.isFinite && prompt >= 0 && completion.isFinite && completion >= 0,
      "prices of \(prompt) and \(completion)")
    (self.prompt, self.completion) = (prompt, completion)
  }
}
