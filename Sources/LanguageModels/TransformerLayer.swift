internal import TorchEngine

/// One layer's two blocks; what each projects back is added to the residual stream that it reads.
struct TransformerLayer {
  let index: Int
  let configuration: TransformerConfiguration
  let parameters: Parameters

  /// Projects to queries, keys and values, turns them by position, attends.
  func attention(
    _ input: Tensor, layout: PackedTrees, angles: RotaryAngles?
  ) throws(EngineError) -> Tensor {
    let (query, key, value) = try queryKeyValue(input)
    let attend = TreeAttention(
      heads: configuration.heads, keyValueHeads: configuration.keyValueHeads,
      scale: configuration.attentionScale.factor(layer: index),
      window: configuration.windows[index])
    return try attend(
      query: turned(headNormalized(query, .queryNormalization), by: angles),
      key: turned(headNormalized(key, .keyNormalization), by: angles),
      value: value, layout: layout)
  }

  /// Projects what attention has mixed back to the residual stream.
  func attentionOutput(_ mixed: Tensor) throws(EngineError) -> Tensor {
    try projected(mixed, .attentionOutput)
  }

  /// Widens, applies the non-linearity, projects back.
  func feedForward(_ input: Tensor) throws(EngineError) -> Tensor {
    switch configuration.feedForward {
    case .gated:
      let parts = try projections(of: input, .feedForwardNormalization, [.gate, .up])
      return try parts[0].gatedLinear(
        up: parts[1], weight: parameters.weight(of: .layer(index, .down)),
        bias: parameters.bias(of: .layer(index, .down)))
    case .plain(let activation):
      let inner = try projections(of: input, .feedForwardNormalization, [.up])[0]
      return try projected(inner.activated(by: activation), .down)
    }
  }

  /// The three projections, in the families that have them in one matrix by one product.
  private func queryKeyValue(_ input: Tensor) throws(EngineError) -> (Tensor, Tensor, Tensor) {
    let isOne = parameters.has(.layer(index, .queryKeyValue))
    var parts = try projections(
      of: input, .attentionNormalization, isOne ? [.queryKeyValue] : [.query, .key, .value])
    if isOne {
      let queries = configuration.heads * configuration.headWidth
      let keys = configuration.keyValueHeads * configuration.headWidth
      parts = try parts[0].split(widths: [queries, keys, keys])
    }
    return (parts[0], parts[1], parts[2])
  }

  /// Projections of the normalized residual stream.
  private func projections(
    of input: Tensor, _ normalization: LayerModule, _ modules: [LayerModule]
  ) throws(EngineError) -> [Tensor] {
    guard case .rootMeanSquare(let epsilon) = configuration.normalization else {
      let x = try normalized(input, normalization)
      var projections: [Tensor] = []
      for module in modules { projections.append(try projected(x, module)) }
      return projections
    }
    return try input.rootMeanSquareNormalized(
      weight: parameters.weight(of: .layer(index, normalization)), epsilon: epsilon,
      through: modules.map {
        (parameters.weight(of: .layer(index, $0)), parameters.bias(of: .layer(index, $0)))
      })
  }

  private func projected(_ x: Tensor, _ module: LayerModule) throws(EngineError) -> Tensor {
    try x.linear(
      parameters.weight(of: .layer(index, module)), bias: parameters.bias(of: .layer(index, module))
    )
  }

  private func normalized(_ x: Tensor, _ module: LayerModule) throws(EngineError) -> Tensor {
    try x.normalized(by: configuration.normalization, .layer(index, module), of: parameters)
  }

  /// Normalizes each head by itself, in the families that do.
  private func headNormalized(_ x: Tensor, _ module: LayerModule) throws(EngineError) -> Tensor {
    guard configuration.normalizesQueriesAndKeys else { return x }
    let shape = x.shape
    return try normalized(x.reshaped([-1, configuration.headWidth]), module).reshaped(shape)
  }

  /// Turns each head by its token's position, where positions are rotary.
  private func turned(_ x: Tensor, by angles: RotaryAngles?) throws(EngineError) -> Tensor {
    guard let angles else { return x }
    return try x.rotated(cosine: angles.cosine, sine: angles.sine)
  }
}
