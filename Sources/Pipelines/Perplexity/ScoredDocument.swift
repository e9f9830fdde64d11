/// What a language model says about one text, or about one completion of a prompt.
public struct ScoredDocument: Sendable, Hashable {
  /// −log p in nats, over what was predicted.
  public var nats: Double
  /// How many tokens were predicted.
  public var tokens: Int
  /// UTF-8 bytes of what was predicted.
  public var bytes: Int
  /// Unicode scalars of what was predicted.
  public var characters: Int
  /// −log p of the text in nats by what has generated it, where that is known.
  public var generatorNats: Double?

  /// Describes a document.
  ///
  /// - Parameters:
  ///   - nats: −log p in nats.
  ///   - tokens: How many tokens were predicted.
  ///   - bytes: UTF-8 bytes of what was predicted.
  ///   - characters: Unicode scalars of what was predicted.
  ///   - generatorNats: −log p by what has generated the text.
  public init(
    nats: Double, tokens: Int, bytes: Int, characters: Int, generatorNats: Double? = nil
  ) {
    self.nats = nats
    self.tokens = tokens
    self.bytes = bytes
    self.characters = characters
    self.generatorNats = generatorNats
  }
}
