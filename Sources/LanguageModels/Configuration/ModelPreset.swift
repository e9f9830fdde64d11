/// Shapes that `attune model new` makes by name.
public enum ModelPreset: String, CaseIterable, Sendable {
  /// 4 layers of width 128: 1.2 million weights at a vocabulary of 1024. For experiments that begin
  /// from nothing and are over in a minute.
  case pico
  /// 6 layers of width 256: 6.8 million weights at a vocabulary of 8192. Trains in seconds.
  case nano
  /// 30 layers of width 576, the published shape of SmolLM2-135M: 134.5 million weights at its
  /// vocabulary of 49152.
  case smol135
  /// 12 layers of width 768 and 1024 learned positions, the published shape of GPT-2: 124.4 million
  /// weights at its vocabulary of 50257.
  case gpt2

  /// The sizes.
  public var shape: ModelShape {
    switch self {
    case .pico:
      ModelShape(.llama, width: 128, layers: 4, heads: 4, feedForwardWidth: 512)
    case .nano:
      ModelShape(
        .llama, width: 256, layers: 6, heads: 8, keyValueHeads: 4, feedForwardWidth: 768)
    case .smol135:
      ModelShape(
        .llama, width: 576, layers: 30, heads: 9, keyValueHeads: 3, feedForwardWidth: 1536)
    case .gpt2:
      ModelShape(.gpt2, width: 768, layers: 12, heads: 12)
    }
  }

  /// The configuration for a tokenizer's vocabulary.
  ///
  /// - Parameter vocabularySize: Rows of the embedding table.
  /// - Returns: The shape of a model that has not been trained.
  public func configuration(vocabularySize: Int) -> TransformerConfiguration {
    do {
      return try shape.configuration(vocabularySize: vocabularySize)
    } catch {
      preconditionFailure("the preset \(rawValue) has no possible shape: \(error)")
    }
  }
}
