/// What a model has said to a prompt, as text.
public struct SampledCompletion: Equatable, Sendable {
  /// Why a completion ends.
  public enum FinishReason: String, Sendable {
    /// The model ended it, or a text or id at which it was to stop came up.
    case stop
    /// It had as many tokens as it may have, or as the model has positions for.
    case length
  }

  /// The completion without what ended it.
  public var text: String
  /// What was sampled.
  public var sample: SampledTokens

  /// Σ log π(token | tokens before), in nats.
  public var logProbability: Double { sample.logProbabilities.reduce(0, +) }
}

/// What a model has said to a prompt, as tokens.
public struct SampledTokens: Equatable, Sendable {
  /// The tokens, those that ended it among them.
  public var tokens: [Int32]
  /// For each token log π(token | tokens before) in nats, at the temperature that was drawn with, before
  /// penalties and truncation; for greedy choices at 1.
  public var logProbabilities: [Double]
  /// Why it ends.
  public var finishReason: SampledCompletion.FinishReason
  /// How many tokens at its end are none of the text's: an end of sequence.
  public var endTokens: Int

  init(
    tokens: [Int32] = [], logProbabilities: [Double] = [],
    finishReason: SampledCompletion.FinishReason = .length, endTokens: Int = 0
  ) {
    (self.tokens, self.logProbabilities) = (tokens, logProbabilities)
    (self.finishReason, self.endTokens) = (finishReason, endTokens)
  }

  mutating func append(_ token: SampledToken) {
    tokens.append(token.token.id)
    logProbabilities.append(token.token.logProbability)
    finishReason = token.finishReason ?? .length
    endTokens = token.isEnd ? 1 : 0
  }
}
