public import TorchEngine

extension CausalLanguageModel {
  /// A decoder of this model, which follows its training.
  ///
  /// - Parameters:
  ///   - slots: Sequences that there is room for.
  ///   - capacity: Tokens of a sequence that there is room for.
  /// - Returns: The decoder, with an empty cache.
  /// - Throws: `EngineError` where sequences are longer than the positions which the model has learned, or
  ///   memory runs out.
  public func decoder(slots: Int, capacity: Int) throws(EngineError) -> Decoder {
    try configuration.check(longestSequence: capacity)
    var rotation: (cosine: [Float], sine: [Float])?
    if case .rotary(let rotary) = configuration.positions {
      rotation = rotary.table(positions: Array(0..<capacity), headWidth: configuration.headWidth)
    }
    return try Decoder(decoderWeights, slots: slots, capacity: capacity, rotation: rotation)
  }

  private var decoderWeights: DecoderWeights {
    let (epsilon, activation) = (configuration.normalization.epsilon, configuration.feedForward)
    return DecoderWeights(
      embedding: parameters.weight(of: .embedding),
      positions: parameters.has(.positionEmbedding)
        ? parameters.weight(of: .positionEmbedding) : nil,
      layers: (0..<configuration.layers).map(decoderLayer),
      finalNorm: norm(.finalNormalization),
      head: parameters.weight(of: configuration.tiesHead ? .embedding : .head),
      heads: configuration.heads, keyValueHeads: configuration.keyValueHeads,
      headWidth: configuration.headWidth, epsilon: epsilon,
      activation: activation.activation ?? .relu)
  }

  private func decoderLayer(_ index: Int) -> DecoderWeights.Layer {
    func projection(_ module: LayerModule) -> DecoderWeights.Projection {
      let module = Module.layer(index, module)
      return .init(weight: parameters.weight(of: module), bias: parameters.bias(of: module))
    }
    func has(_ module: LayerModule) -> Bool { parameters.has(.layer(index, module)) }
    func headNorm(_ module: LayerModule) -> Tensor? {
      configuration.normalizesQueriesAndKeys ? parameters.weight(of: .layer(index, module)) : nil
    }
    return DecoderWeights.Layer(
      attentionNorm: norm(.layer(index, .attentionNormalization)),
      queryKeyValue: has(.queryKeyValue)
        ? [projection(.queryKeyValue)]
        : [projection(.query), projection(.key), projection(.value)],
      queryNorm: headNorm(.queryNormalization), keyNorm: headNorm(.keyNormalization),
      attentionOutput: projection(.attentionOutput),
      feedForwardNorm: norm(.layer(index, .feedForwardNormalization)),
      gate: has(.gate) ? projection(.gate) : nil, up: projection(.up), down: projection(.down),
      scale: configuration.attentionScale.factor(layer: index),
      window: configuration.windows[index])
  }

  private func norm(_ module: Module) -> DecoderWeights.Norm {
    .init(weight: parameters.weight(of: module), bias: parameters.bias(of: module))
  }
}
