/// How a next token is drawn, and when a completion ends.
public struct SamplingParameters: Equatable, Sendable {
  /// How a token is chosen from the next-token distribution.
  public enum Choice: Equatable, Sendable {
    /// The most likely one; of equal ones that with the smaller id.
    case greedy
    /// A draw from softmax(logits / temperature).
    case temperature(Double)
  }

  /// How a token is chosen.
  public var choice: Choice
  /// Tokens of a completion at most.
  public var maxNewTokens: Int
  /// The start of all draws.
  public var seed: UInt64

  /// Describes how to sample.
  ///
  /// - Parameters:
  ///   - choice: How a token is chosen; a temperature is above 0.
  ///   - maxNewTokens: Tokens of a completion at most, at least 1.
  ///   - seed: The same seed gives the same completions.
  public init(choice: Choice = .temperature(1), maxNewTokens: Int = 256, seed: UInt64 = 0) {
    precondition(maxNewTokens > 0, "\(maxNewTokens) new tokens")
    if case .temperature(let temperature) = choice {
      precondition(temperature > 0 && temperature.isFinite, "a temperature of \(temperature)")
    }
    self.choice = choice
    self.maxNewTokens = maxNewTokens
    self.seed = seed
  }
}
