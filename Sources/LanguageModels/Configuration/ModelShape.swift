/// The sizes of a model that is to be made. What is left out follows from the family and the others.
public struct ModelShape: Equatable, Sendable {
  /// The families of which new models are made.
  public enum Family: String, CaseIterable, Sendable {
    /// Llama without biases, with rotary positions of base 10000.
    case llama
    /// GPT-2, with learned positions.
    case gpt2
  }

  /// What has a size.
  public enum Size: String, CaseIterable, Sendable {
    /// The residual stream.
    case width
    /// The layers.
    case layers
    /// The query heads of each layer.
    case heads
    /// The key–value heads of each layer.
    case keyValueHeads = "key-value-heads"
    /// The inside of the feed-forward blocks.
    case feedForwardWidth = "feed-forward-width"
    /// The longest sequence.
    case positionLimit = "position-limit"

    /// What a size may be: what can be read again, and counted without overflow.
    var allowed: ClosedRange<Int> { 1...(self == .layers ? 4096 : ConfigurationFile.largest) }
  }

  /// How the model computes.
  public var family: Family
  /// The width of the residual stream, a multiple of ``heads``.
  public var width: Int
  /// The number of layers.
  public var layers: Int
  /// Query heads of each layer.
  public var heads: Int
  /// Key–value heads of each layer, a divisor of ``heads``; when nil, as many as there are.
  public var keyValueHeads: Int?
  /// The width inside the feed-forward blocks. When nil, 8/3 of ``width`` rounded up to a multiple of
  /// 64 in a Llama, whose blocks have three matrices; 4 times ``width`` in a GPT-2, which has two.
  public var feedForwardWidth: Int?
  /// The longest sequence in tokens; when nil, 2048 in a Llama and 1024 in a GPT-2.
  public var positionLimit: Int?
  /// Whether the output projection is the embedding table.
  public var tiesHead: Bool

  /// A shape.
  ///
  /// - Parameters:
  ///   - family: How the model computes.
  ///   - width: The width of the residual stream.
  ///   - layers: The number of layers.
  ///   - heads: Query heads of each layer.
  ///   - keyValueHeads: Key–value heads of each layer.
  ///   - feedForwardWidth: The width inside the feed-forward blocks.
  ///   - positionLimit: The longest sequence in tokens.
  ///   - tiesHead: Whether the output projection is the embedding table.
  public init(
    _ family: Family, width: Int, layers: Int, heads: Int, keyValueHeads: Int? = nil,
    feedForwardWidth: Int? = nil, positionLimit: Int? = nil, tiesHead: Bool = true
  ) {
    self.family = family
    self.width = width
    self.layers = layers
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.feedForwardWidth = feedForwardWidth
    self.positionLimit = positionLimit
    self.tiesHead = tiesHead
  }

  /// Checks that a model can have the shape.
  ///
  /// - Throws: ``ModelShapeError`` for a size that is too small or too large, or sizes that do not
  ///   fit together.
  public func check() throws(ModelShapeError) {
    let sizes: KeyValuePairs<Size, Int?> = [
      .width: width, .layers: layers, .heads: heads, .keyValueHeads: keyValueHeads,
      .feedForwardWidth: feedForwardWidth, .positionLimit: positionLimit,
    ]
    for (size, value) in sizes {
      if let value, !size.allowed.contains(value) { throw .outOfRange(size, value) }
    }
    guard width % heads == 0 else { throw .unevenHeads(width: width, heads: heads) }
    let keyValueHeads = keyValueHeads ?? heads
    switch family {
    case .llama:
      // Rotary positions turn pairs of coordinates.
      guard width / heads % 2 == 0 else { throw .oddHeadWidth(width: width, heads: heads) }
      guard heads % keyValueHeads == 0 else {
        throw .unsharedHeads(heads: heads, keyValueHeads: keyValueHeads)
      }
    case .gpt2:
      guard heads == keyValueHeads else {
        throw .sharedHeadsOfGPT2(heads: heads, keyValueHeads: keyValueHeads)
      }
    }
  }

  /// The configuration for a tokenizer's vocabulary.
  ///
  /// - Parameter vocabularySize: Rows of the embedding table.
  /// - Returns: The shape of a model that has not been trained.
  /// - Throws: ``ModelShapeError`` where no model can have the shape; see ``check()``.
  public func configuration(
    vocabularySize: Int
  ) throws(ModelShapeError) -> TransformerConfiguration {
    try check()
    var configuration: TransformerConfiguration
    switch family {
    case .llama:
      configuration = .llama(
        vocabularySize: vocabularySize, width: width,
        feedForwardWidth: feedForwardWidth ?? (8 * width + 191) / 192 * 64, layers: layers,
        heads: heads, keyValueHeads: keyValueHeads ?? heads)
    case .gpt2:
      configuration = .gpt2(vocabularySize: vocabularySize)
      configuration.width = width
      configuration.windows = Array(repeating: nil, count: layers)
      configuration.heads = heads
      configuration.keyValueHeads = heads
      configuration.headWidth = width / heads
      configuration.attentionScale = .uniform(1 / Double(width / heads).squareRoot())
      configuration.feedForwardWidth = feedForwardWidth ?? 4 * width
    }
    if let positionLimit { configuration.positionLimit = positionLimit }
    configuration.tiesHead = tiesHead
    return configuration
  }
}
