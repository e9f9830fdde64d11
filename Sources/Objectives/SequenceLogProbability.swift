/// Which tokens of a scored batch belong to which sequence, and which of them count.
///
/// The engine scores a batch as one flat list of tokens. A sequence is one span of that list; where
/// a mask is given, only the tokens that it marks count, so that the turns of a conversation may
/// stand between foreign tokens. The forward direction sums,
///
///     log π(y | x) = Σ_t log π(y_t | x, y_<t)        over the completion tokens t, in nats
///
/// and the backward direction hands each completion token the gradient of its sequence, since
/// ∂ log π(y | x) / ∂ log π(y_t | x, y_<t) = 1.
public struct SequenceLogProbability: Equatable, Sendable {
  /// One span of the flat token list for each sequence; spans do not overlap.
  public let spans: [Range<Int>]
  /// For each token of the flat list, whether it counts; `nil` when all tokens in the spans do.
  public let isCompletionToken: [Bool]?

  /// Describes the sequences of a batch.
  ///
  /// - Parameters:
  ///   - spans: One span of the flat token list for each sequence, none overlapping another.
  ///   - isCompletionToken: Whether each token of the flat list counts, or `nil` when all do.
  public init(spans: [Range<Int>], isCompletionToken: [Bool]? = nil) {
    self.spans = spans
    self.isCompletionToken = isCompletionToken
  }

  /// The number of completion tokens of each sequence.
  public var tokenCounts: [Int] {
    spans.map { span in span.count(where: counts) }
  }

  /// The summed log probability of each sequence.
  ///
  /// - Parameters:
  ///   - tokenLogProbabilities: log π of each token of the flat list, in nats.
  ///   - weights: How much each token of the flat list counts; `nil` for 1.
  /// - Returns: One sum for each sequence; 0 for a sequence without completion tokens.
  public func sums(of tokenLogProbabilities: [Double], weights: [Double]? = nil) -> [Double] {
    spans.map { span in
      span.reduce(into: 0) { sum, token in
        guard counts(token) else { return }
        sum += damped(tokenLogProbabilities[token], by: weights?[token] ?? 1)
      }
    }
  }

  /// The summed log probability of each sequence, from the engine's single precision.
  ///
  /// The sums are taken in Double: a thousand tokens added in Float would lose three digits.
  ///
  /// - Parameters:
  ///   - tokenLogProbabilities: log π of each token of the flat list, in nats.
  ///   - weights: How much each token of the flat list counts; `nil` for 1.
  /// - Returns: One sum for each sequence.
  public func sums(of tokenLogProbabilities: [Float], weights: [Double]? = nil) -> [Double] {
    sums(of: tokenLogProbabilities.map(Double.init), weights: weights)
  }

  /// The backward direction of ``sums(of:weights:)-([Double],_)``: a seed for each token of the list.
  ///
  /// - Parameters:
  ///   - sequenceGradient: The derivative of the loss by each sequence's summed log probability.
  ///   - weights: How much each token of the flat list counted; `nil` for 1.
  ///   - tokenCount: The length of the flat token list.
  /// - Returns: The derivative by each token's log probability: 0 for tokens that do not count.
  public func tokenSeeds(
    for sequenceGradient: [Double], weights: [Double]? = nil, tokenCount: Int
  ) -> [Double] {
    precondition(
      sequenceGradient.count == spans.count,
      "\(sequenceGradient.count) derivatives for \(spans.count) sequences")
    var seeds = [Double](repeating: 0, count: tokenCount)
    for (span, derivative) in zip(spans, sequenceGradient) {
      for token in span where counts(token) { seeds[token] = derivative * (weights?[token] ?? 1) }
    }
    return seeds
  }

  /// Whether a token of the flat list is one of a completion.
  func counts(_ token: Int) -> Bool {
    isCompletionToken?[token] ?? true
  }
}
