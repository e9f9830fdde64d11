/// The weights of a decoder-only transformer, as decoding reads them.
public struct DecoderWeights {
  /// What multiplies and shifts normalized numbers; without a bias it is a root mean square normalization.
  public struct Norm {
    var weight: Tensor
    var bias: Tensor?

    /// Joins them.
    public init(weight: Tensor, bias: Tensor?) {
      self.weight = weight
      self.bias = bias
    }
  }

  /// A weight of [out, in] and perhaps a bias of [out].
  public struct Projection {
    var weight: Tensor
    var bias: Tensor?

    /// Joins them.
    public init(weight: Tensor, bias: Tensor?) {
      self.weight = weight
      self.bias = bias
    }
  }

  /// One layer.
  public struct Layer {
    /// What attention reads through.
    public var attentionNorm: Norm
    /// To queries, keys and values: three, or one that has all of them side by side.
    public var queryKeyValue: [Projection]
    /// The factors by which each head's query is normalized, in families that do.
    public var queryNorm: Tensor?
    /// The factors by which each head's key is normalized.
    public var keyNorm: Tensor?
    /// From what attention has mixed back to the residual stream.
    public var attentionOutput: Projection
    /// What the feed-forward block reads through.
    public var feedForwardNorm: Norm
    /// The gate, where there is one.
    public var gate: Projection?
    /// To the inner width.
    public var up: Projection
    /// Back from it.
    public var down: Projection
    /// What dot products are multiplied by.
    public var scale: Double
    /// How many tokens it looks back, the current one included; `nil` for all.
    public var window: Int?

    /// Describes a layer.
    public init(
      attentionNorm: Norm, queryKeyValue: [Projection], queryNorm: Tensor?, keyNorm: Tensor?,
      attentionOutput: Projection, feedForwardNorm: Norm, gate: Projection?, up: Projection,
      down: Projection, scale: Double, window: Int?
    ) {
      self.attentionNorm = attentionNorm
      self.queryKeyValue = queryKeyValue
      self.queryNorm = queryNorm
      self.keyNorm = keyNorm
      self.attentionOutput = attentionOutput
      self.feedForwardNorm = feedForwardNorm
      self.gate = gate
      self.up = up
      self.down = down
      self.scale = scale
      self.window = window
    }
  }

  /// The table of token embeddings.
  public var embedding: Tensor
  /// The table of learned positions, in families that have one.
  public var positions: Tensor?
  /// The layers.
  public var layers: [Layer]
  /// The normalization after the last layer.
  public var finalNorm: Norm
  /// The projection onto the vocabulary.
  public var head: Tensor
  /// Query heads of a layer.
  public var heads: Int
  /// Key–value heads of a layer.
  public var keyValueHeads: Int
  /// The width of a head.
  public var headWidth: Int
  /// Keeps normalizations away from zero.
  public var epsilon: Double
  /// What stands between up and down where there is no gate.
  public var activation: Activation

  /// Describes a model.
  public init(
    embedding: Tensor, positions: Tensor?, layers: [Layer], finalNorm: Norm, head: Tensor,
    heads: Int, keyValueHeads: Int, headWidth: Int, epsilon: Double, activation: Activation
  ) {
    self.embedding = embedding
    self.positions = positions
    self.layers = layers
    self.finalNorm = finalNorm
    self.head = head
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.headWidth = headWidth
    self.epsilon = epsilon
    self.activation = activation
  }
}
