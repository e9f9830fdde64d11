public import TorchEngine

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
  /// What the dot products of queries and keys are multiplied by.
  public var attentionScale: AttentionScale
  /// How the residual stream is normalized before it is read.
  public var normalization: Normalization
  /// What the feed-forward blocks compute.
  public var feedForward: FeedForward
  /// How a token's place in its sequence enters.
  public var positions: PositionEncoding
  /// Biases on the query, key and value projections.
  public var hasQueryKeyValueBiases: Bool
  /// A bias on the attention's output projection.
  public var hasOutputBias: Bool
  /// Biases on the feed-forward projections.
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
  /// A layer keeps its two inputs and, of some normalizations, their normalized forms; queries, keys
  /// and values as attention takes them and, where they are normalized first, as they were before;
  /// the mixed values; and what the feed-forward block keeps.
  public var activationsPerToken: Int {
    let queries = heads * headWidth
    let keys = keyValueHeads * headWidth
    let normalized = normalizesQueriesAndKeys ? queries + keys : 0
    let attention = 2 * queries + 2 * keys + normalized
    let stream = 2 * normalization.keptWidths * width
    return layers * (stream + attention + feedForward.keptWidths * feedForwardWidth) + 2 * width
  }

  /// What a token's keys and values take in a decoder's cache, in bytes.
  public var cacheBytesPerToken: Int {
    2 * layers * keyValueHeads * headWidth * MemoryLayout<Float>.stride
  }

  /// Tokens of the longest sequence that the model can take; `nil` where there is no such limit.
  ///
  /// Rotary positions go on beyond ``positionLimit``, at a loss of quality that is the user's to
  /// judge; learned ones end there.
  public var sequenceLimit: Int? {
    if case .learned = positions { positionLimit } else { nil }
  }

  /// Checks that the model can take sequences of a length.
  ///
  /// - Parameter tokens: Tokens of the longest sequence.
  /// - Throws: `EngineError` that says what to cut it to.
  public func check(longestSequence tokens: Int) throws(EngineError) {
    guard let limit = sequenceLimit, tokens > limit else { return }
    throw .positions(tokens: tokens, limit: limit)
  }
}
