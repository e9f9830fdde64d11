/// The shape of a decoder-only transformer, and all that its computation depends on.
public struct TransformerConfiguration: Equatable, Sendable {
  /// Which family the checkpoint belongs to.
  public var family: ModelFamily
  /// Rows of the embedding table.
  public var vocabularySize: Int
  /// The width of the residual stream.
  public var width: Int
  /// The width inside the feed-forward blocks.
  public var feedForwardWidth: Int
  /// Query heads of each layer.
  public var heads: Int
  /// Key–value heads of each layer, a divisor of ``heads``.
  public var keyValueHeads: Int
  /// The width of one head.
  public var headWidth: Int
  /// For each layer, how many tokens it looks back, the current one included; `nil` for all.
  public var windows: [Int?]
  /// ε of the root mean square normalizations.
  public var normalizationEpsilon: Double
  /// How positions turn queries and keys.
  public var rotary: RotaryEmbedding
  /// Biases on the query, key and value projections.
  public var hasQueryKeyValueBiases: Bool
  /// A bias on the attention's output projection.
  public var hasOutputBias: Bool
  /// Biases on the three feed-forward projections.
  public var hasFeedForwardBiases: Bool
  /// The output projection is the embedding table.
  public var tiesHead: Bool
  /// The longest sequence that the model was made for, in tokens.
  public var positionLimit: Int

  /// The number of layers.
  public var layers: Int { windows.count }

  /// Queries and keys are normalized head by head before they are rotated.
  public var normalizesQueriesAndKeys: Bool { family == .qwen3 }
}

extension TransformerConfiguration {
  /// Numbers that the graph keeps for each token between the forward and the backward pass.
  ///
  /// A layer keeps its two inputs and their normalized forms, queries, keys and values before and
  /// after rotation, the mixed values, and three widths of the feed-forward block.
  public var activationsPerToken: Int {
    let queries = heads * headWidth
    let keys = keyValueHeads * headWidth
    return layers * (4 * width + 2 * queries + 2 * keys + 3 * feedForwardWidth) + 2 * width
  }
}
