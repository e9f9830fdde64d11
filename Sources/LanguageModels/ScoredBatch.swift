internal import TorchEngine

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

  let graph: TokenScores

  init(_ graph: TokenScores) throws(EngineError) {
    self.graph = graph
    logProbabilities = try graph.logProbability.values(as: Float.self)
    entropies = try graph.entropy.values(as: Float.self)
    isTop = try graph.isTop.values(as: Float.self).map { $0 != 0 }
    logCollisionProbabilities = try graph.logCollisionProbability?.values(as: Float.self)
  }
}
