/// A sequence that is to be sampled: what it continues, and how.
public struct SequenceRequest: Sendable, Equatable {
  /// What is continued: a token at least.
  public var prompt: [Int32]
  /// How tokens are drawn, and when the sequence ends.
  public var parameters: SamplingParameters
  /// What its draws depend on beside the seed: other numbers give other completions of a prompt.
  public var stream: UInt64
  /// Sequences of one group have one prompt, which is taken in once for those that are under way together.
  public var group: Int
  /// How many of the most likely tokens are told of at each place.
  public var alternatives: Int

  /// A request.
  ///
  /// - Parameters:
  ///   - prompt: What is continued: a token at least.
  ///   - parameters: How tokens are drawn, and when the sequence ends.
  ///   - stream: What its draws depend on beside the seed.
  ///   - group: Sequences of one group have one prompt.
  ///   - alternatives: How many of the most likely tokens are told of at each place.
  public init(
    prompt: [Int32], parameters: SamplingParameters, stream: UInt64, group: Int,
    alternatives: Int = 0
  ) {
    precondition(!prompt.isEmpty && alternatives >= 0, "nothing to continue")
    (self.prompt, self.parameters) = (prompt, parameters)
    (self.stream, self.group, self.alternatives) = (stream, group, alternatives)
  }
}

/// A token that a sequence has gained.
public struct SampledToken: Sendable, Equatable {
  /// A token and how likely it was.
  public struct Likelihood: Sendable, Equatable {
    /// Its id.
    public var id: Int32
    /// log π(token | tokens before), in nats, as ``SampledTokens/logProbabilities`` has it.
    public var logProbability: Double
  }

  /// Which sequence, by the number that it was admitted with.
  public var sequence: Int
  /// What was drawn.
  public var token: Likelihood
  /// The most likely tokens at this place, as many as were asked for.
  public var alternatives: [Likelihood]
  /// Whether the token is none of the text's: an end of sequence.
  public var isEnd: Bool
  /// Why the sequence ends with it; `nil` where it goes on.
  public var finishReason: SampledCompletion.FinishReason?
}
