/// What a server is asked for beside the prompt.
public struct CompletionSettings: Sendable, Hashable {
  /// How the server's model is asked for the probability of options.
  public enum OptionReading: Sendable, Hashable {
    /// By the log probabilities that the server gives of the next token.
    case logProbabilities
    /// By short completions, in which the option that each names first is counted: of n votes that name
    /// one of k options, log((count + ½) / (n + k/2)), so that none is impossible. The temperature must be
    /// above 0, or all votes are one; a model that thinks before it answers needs more tokens.
    case votes(Int, maximumTokens: Int = 16)
  }

  /// What an answer is that a filter of the server held back.
  public enum WithheldAnswer: Sendable, Hashable {
    /// An error, for what is asked for must be there.
    case error
    /// An answer of no words, as one of whoever declines.
    case empty
  }

  /// The model as the server calls it.
  public var model: String
  /// The interface.
  public var api: CompletionAPI
  /// The temperature of completions and votes, at least 0.
  public var temperature: Double
  /// The longest completion in tokens, at least 1.
  public var maximumTokens: Int
  /// Texts before which a completion ends.
  public var stop: [String]
  /// Other seeds give other completions, of a server that minds them.
  public var seed: UInt64
  /// How options are read.
  public var optionReading: OptionReading
  /// How many requests may be under way at a time, at least 1.
  public var concurrency: Int
  /// What an answer is that a filter of the server held back.
  public var withheldAnswer = WithheldAnswer.error

  /// Settings.
  ///
  /// - Parameters:
  ///   - model: The model as the server calls it.
  ///   - api: The interface.
  ///   - temperature: The temperature of completions and votes, at least 0.
  ///   - maximumTokens: The longest completion in tokens, at least 1.
  ///   - stop: Texts before which a completion ends.
  ///   - seed: Other seeds give other completions, of a server that minds them.
  ///   - optionReading: How options are read.
  ///   - concurrency: How many requests may be under way at a time, at least 1.
  public init(
    model: String, api: CompletionAPI = .chat, temperature: Double = 1, maximumTokens: Int = 512,
    stop: [String] = [], seed: UInt64 = 0, optionReading: OptionReading = .logProbabilities,
    concurrency: Int = 8
  ) {
    precondition(temperature.isFinite && temperature >= 0, "a temperature of \(temperature)")
    precondition(maximumTokens > 0 && concurrency > 0, "\(maximumTokens) tokens, \(concurrency)")
    if case .votes(let count, let tokens) = optionReading {
      precondition(count > 0 && tokens > 0, "\(count) votes of \(tokens) tokens")
    }
    (self.model, self.api, self.temperature) = (model, api, temperature)
    (self.maximumTokens, self.stop, self.seed) = (maximumTokens, stop, seed)
    (self.optionReading, self.concurrency) = (optionReading, concurrency)
  }
}
