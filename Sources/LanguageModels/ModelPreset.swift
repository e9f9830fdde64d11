/// Shapes that `attune model new` makes by name.
public enum ModelPreset: String, CaseIterable, Sendable {
  /// 6 layers of width 256: 6.8 million weights at a vocabulary of 8192. Trains in seconds.
  case nano
  /// 30 layers of width 576, the published shape of SmolLM2-135M: 134.5 million weights at its
  /// vocabulary of 49152.
  case smol135

  /// The configuration for a tokenizer's vocabulary.
  ///
  /// - Parameter vocabularySize: Rows of the embedding table.
  /// - Returns: The shape of a model that has not been trained.
  public func configuration(vocabularySize: Int) -> TransformerConfiguration {
    switch self {
    case .nano:
      llama(vocabularySize, width: 256, feedForward: 768, layers: 6, heads: 8, keyValueHeads: 4)
    case .smol135:
      llama(vocabularySize, width: 576, feedForward: 1536, layers: 30, heads: 9, keyValueHeads: 3)
    }
  }

  private func llama(
    _ vocabularySize: Int, width: Int, feedForward: Int, layers: Int, heads: Int,
    keyValueHeads: Int
  ) -> TransformerConfiguration {
    TransformerConfiguration(
      family: .llama, vocabularySize: vocabularySize, width: width, feedForwardWidth: feedForward,
      heads: heads, keyValueHeads: keyValueHeads, headWidth: width / heads,
      windows: Array(repeating: nil, count: layers), normalizationEpsilon: 1e-6,
      rotary: RotaryEmbedding(base: 10_000), hasQueryKeyValueBiases: false, hasOutputBias: false,
      hasFeedForwardBiases: false, tiesHead: true, positionLimit: 2048)
  }
}
