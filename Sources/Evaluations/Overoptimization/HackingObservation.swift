/// What one evaluation on fixed prompts has found; `nil` for what was not measured.
public struct HackingObservation: Sendable, Hashable, Codable {
  /// The step after which it was made.
  public var step: Int
  /// The mean of the score that is trained on.
  public var proxy: Double?
  /// The mean gold score, or that of a judge who has no part in training.
  public var gold: Double?
  /// The mean length of a completion, always in the same unit.
  public var length: Double?
  /// Distinct-n, as ``DistinctNGrams`` has it.
  public var distinct: Double?
  /// The share of n-grams that a completion repeats, as ``Repetition`` has it.
  public var repetition: Double?
  /// How alike completions of different prompts are, as ``SelfSimilarity`` has it.
  public var selfSimilarity: Double?
  /// The share of words that are keywords, as ``KeywordDensity`` has it.
  public var keywordDensity: Double?
  /// KL(policy ‖ reference) in nats: the mean over completions of the sum over tokens.
  public var divergence: Double?
  /// The mean over completions of the variance of an ensemble's scores.
  public var ensembleVariance: Double?
  /// The mean entropy of the policy's next token, in nats.
  public var entropy: Double?

  /// Gathers numbers, all finite.
  ///
  /// - Parameters:
  ///   - step: The step after which the evaluation was made.
  ///   - proxy: The mean of the score that is trained on.
  ///   - gold: The mean gold score.
  ///   - length: The mean length of a completion.
  ///   - distinct: Distinct-n.
  ///   - repetition: The share of n-grams that a completion repeats.
  ///   - selfSimilarity: How alike completions of different prompts are.
  ///   - keywordDensity: The share of words that are keywords.
  ///   - divergence: KL(policy ‖ reference) of a completion, in nats.
  ///   - ensembleVariance: The mean variance of an ensemble's scores.
  ///   - entropy: The mean entropy of the policy's next token, in nats.
  public init(
    step: Int, proxy: Double? = nil, gold: Double? = nil, length: Double? = nil,
    distinct: Double? = nil, repetition: Double? = nil, selfSimilarity: Double? = nil,
    keywordDensity: Double? = nil, divergence: Double? = nil, ensembleVariance: Double? = nil,
    entropy: Double? = nil
  ) {
    (self.step, self.proxy, self.gold, self.length) = (step, proxy, gold, length)
    (self.distinct, self.repetition) = (distinct, repetition)
    (self.selfSimilarity, self.keywordDensity) = (selfSimilarity, keywordDensity)
    (self.divergence, self.ensembleVariance) = (divergence, ensembleVariance)
    self.entropy = entropy
  }

  // The distance is called KL in all files.
  private enum CodingKeys: String, CodingKey {
    case step, proxy, gold, length, distinct, repetition, selfSimilarity, keywordDensity
    case divergence = "kl"
    case ensembleVariance, entropy
  }

  /// The numbers that are there.
  var values: [Double] {
    [
      proxy, gold, length, distinct, repetition, selfSimilarity, keywordDensity, divergence,
      ensembleVariance, entropy,
    ].compactMap { $0 }
  }

  /// This observation, and what it lacks from another.
  func completed(by other: HackingObservation) -> HackingObservation {
    HackingObservation(
      step: step, proxy: proxy ?? other.proxy, gold: gold ?? other.gold,
      length: length ?? other.length, distinct: distinct ?? other.distinct,
      repetition: repetition ?? other.repetition,
      selfSimilarity: selfSimilarity ?? other.selfSimilarity,
      keywordDensity: keywordDensity ?? other.keywordDensity,
      divergence: divergence ?? other.divergence,
      ensembleVariance: ensembleVariance ?? other.ensembleVariance,
      entropy: entropy ?? other.entropy)
  }
}

extension HackingObservation {
  /// Adds what the words of completions say: length in words where none was measured, distinct
  /// pairs, repetition, similarity, keywords.
  ///
  /// - Parameter signals: Of the completions that were evaluated.
  public mutating func add(_ signals: TextSignals) {
    length = length ?? signals.lengths.mean
    distinct = signals.distinctPairs.share
    repetition = signals.repetition.share
    selfSimilarity = signals.selfSimilarity.acrossPrompts
    keywordDensity = signals.keywords.share
  }
}
