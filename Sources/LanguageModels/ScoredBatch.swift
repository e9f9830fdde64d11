public import TorchEngine

/// What a model says about the completion tokens of a packed batch: plain numbers, one for each
/// scored token in the batch's order, and the graph they came from.
public struct ScoredBatch {
  /// log π(token | tokens before), in nats.
  public let logProbabilities: [Float]
  /// The entropy of each next-token distribution, in nats.
  public let entropies: [Float]
  /// Whether the token was the most likely one.
  public let isTop: [Bool]
  /// log Σ_v π(v | tokens before)², in nats; `nil` where it was not asked for.
  public let logCollisionProbabilities: [Float]?
  /// log π(candidate | tokens before) of each candidate, in nats; `nil` where none were given.
  public let candidateLogProbabilities: [Float]?

  let graph: TokenScores

  /// The mean over the vocabulary of log π(v | tokens before) at each scored token, in nats.
  ///
  /// - Returns: One entry a token; read from the engine at each call.
  public func meanLogProbabilities() throws(EngineError) -> [Float] {
    try graph.meanLogProbability.values(as: Float.self)
  }

  init(_ graph: TokenScores) throws(EngineError) {
    self.graph = graph
    logProbabilities = try graph.logProbability.values(as: Float.self)
    entropies = try graph.entropy.values(as: Float.self)
    isTop = try graph.isTop.values(as: Float.self).map { $0 != 0 }
    candidateLogProbabilities = try graph.candidateLogProbability?.values(as: Float.self)
    logCollisionProbabilities = try graph.logCollisionProbability?.values(as: Float.self)
  }
}

/// The derivative of a loss by what a model says about the scored tokens of a batch.
public struct TokenSeeds {
  /// d loss / d log π of each scored token.
  public var logProbabilities: [Double]
  /// d loss / d entropy at each scored token; `nil` for 0.
  public var entropies: [Double]?
  /// d loss / d mean log π over the vocabulary, at each scored token; `nil` for 0.
  public var meanLogProbabilities: [Double]?
  /// d loss / d log π of each candidate; `nil` for 0.
  public var candidateLogProbabilities: [Double]?

  /// Joins the derivatives.
  ///
  /// - Parameters:
  ///   - logProbabilities: By log π of each scored token.
  ///   - entropies: By the entropy at each scored token.
  ///   - meanLogProbabilities: By the mean log π over the vocabulary, at each scored token.
  ///   - candidateLogProbabilities: By log π of each candidate.
  public init(
    logProbabilities: [Double], entropies: [Double]? = nil, meanLogProbabilities: [Double]? = nil,
    candidateLogProbabilities: [Double]? = nil
  ) {
    self.logProbabilities = logProbabilities
    self.entropies = entropies
    self.meanLogProbabilities = meanLogProbabilities
    self.candidateLogProbabilities = candidateLogProbabilities
  }
}
