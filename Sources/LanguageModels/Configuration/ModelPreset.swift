/// Shapes that `attune model new` makes by name.
public enum ModelPreset: String, CaseIterable, Sendable {
  /// 6 layers of width 256: 6.8 million weights at a vocabulary of 8192. Trains in seconds.
  case nano
  /// 30 layers of width 576, the published shape of SmolLM2-135M: 134.5 million weights at its
  /// vocabulary of 49152.
  case smol135
  /// 12 layers of width 768 and 1024 learned positions, the published shape of GPT-2: 124.4 million
  /// weights at its vocabulary of 50257.
  case gpt2

  /// The configuration for a tokenizer's vocabulary.
  ///
  /// - Parameter vocabularySize: Rows of the embedding table.
  /// - Returns: The shape of a model that has not been trained.
  public func configuration(vocabularySize: Int) -> TransformerConfiguration {
    switch self {
    case .nano:
      .llama(
        vocabularySize: vocabularySize, width: 256, feedForwardWidth: 768, layers: 6, heads: 8,
        keyValueHeads: 4)
    case .smol135:
      .llama(
        vocabularySize: vocabularySize, width: 576, feedForwardWidth: 1536, layers: 30, heads: 9,
        keyValueHeads: 3)
    case .gpt2:
      .gpt2(vocabularySize: vocabularySize)
    }
  }
}
