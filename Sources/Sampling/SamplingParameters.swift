/// How tokens are drawn, and when a completion ends.
public struct SamplingParameters: Equatable, Sendable {
  /// How a token is chosen from the next-token distribution.
  public enum Choice: Equatable, Sendable {
    /// The most likely one; of equal ones that with the smaller id.
    case greedy
    /// A draw from softmax(logits / temperature).
    case temperature(Double)
  }

  /// Which tokens may be drawn at all, in the order in which they are left out.
  public struct Truncation: Equatable, Sendable {
    /// Only the k most likely ones; `nil` for all.
    public var topK: Int?
    /// Of them only the fewest most likely ones that have this probability together (Holtzman et al. 2020).
    public var topP = 1.0
    /// Of them only those at least this many times as likely as the most likely one (Nguyen et al. 2024).
    public var minP = 0.0

    /// All tokens.
    public init() {}
  }

  /// How a token is chosen.
  public var choice: Choice
  /// Which tokens may be drawn.
  public var truncation = Truncation()
  /// What the logits of tokens that stand in prompt or completion are divided by where they are positive, and
  /// multiplied by where they are negative (Keskar et al. 2019); 1 for nothing.
  public var repetitionPenalty = 1.0
  /// Tokens of a completion at most.
  public var maxNewTokens: Int
  /// Tokens before which a completion does not end by itself.
  public var minNewTokens = 0
  /// Texts at which a completion ends; they are not part of it.
  public var stopTexts: [String] = []
  /// Ids at which a completion ends, beside the model's own ends of sequence.
  public var stopIDs: Set<Int32> = []
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

  /// What of a text stands before the first stop.
  ///
  /// - Parameter text: What was sampled.
  /// - Returns: All of it where no stop is in it.
  public func textBeforeStops(_ text: String) -> String {
    let stops = stopTexts.compactMap { text.firstRange(of: $0)?.lowerBound }
    return stops.min().map { String(text[..<$0]) } ?? text
  }
}
