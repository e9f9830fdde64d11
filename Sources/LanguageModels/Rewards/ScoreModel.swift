public import TorchEngine

/// A model that ends in score heads, whatever gives them what they read.
public protocol ScoreModel: AnyObject {
  /// The shape of the heads.
  var head: ScoreHeadShape { get }
  /// The heads, and what comes before them.
  var parameters: Parameters { get }
  /// What is stored beside the weights: normalization and corrections of the scores.
  var record: RewardModelRecord { get set }
}

extension ScoreModel {
  /// Scores what the heads read; the graph is kept by the result.
  ///
  /// - Parameters:
  ///   - features: Hidden states or feature vectors, [sequences, width].
  ///   - dropout: What is left out of the heads' hidden layers; `nil` when nothing is.
  /// - Returns: For each member, one score a sequence.
  /// - Throws: `EngineError` if the width is another.
  public func scores(
    ofFeatures features: Tensor, dropout: HeadDropout? = nil
  ) throws(EngineError) -> ScoredSequences {
    try ScoredSequences(
      ScoreHeads(shape: head, parameters: parameters).scores(features, dropout: dropout))
  }

  /// Adds the gradient of a loss to the parameters' gradients, by one backward pass.
  ///
  /// - Parameters:
  ///   - seeds: For each member, d loss / d score of each sequence.
  ///   - scored: What scoring the batch returned; its graph is used up.
  /// - Throws: `EngineError` if the batch was scored without a graph.
  public func backward(_ seeds: [[Double]], through scored: ScoredSequences) throws(EngineError) {
    precondition(seeds.count == head.members, "\(seeds.count) seeds for \(head.members) members")
    var roots: [GradientSeed] = []
    for (graph, seeds) in zip(scored.graphs, seeds) {
      roots.append(try GradientSeed(graph, seeds))
    }
    try TorchEngine.backward(roots)
  }
}

/// What a model says about sequences: plain numbers, and the graph.
public struct ScoredSequences {
  /// For each member, one score a sequence, in the order in which they were given.
  public let members: [[Double]]
  let graphs: [Tensor]

  init(_ graphs: [Tensor]) throws(EngineError) {
    self.graphs = graphs
    var members: [[Double]] = []
    for graph in graphs { members.append(try graph.values(as: Double.self)) }
    self.members = members
  }
}
