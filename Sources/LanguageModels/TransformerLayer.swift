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
    let x = try normalized(input, .attentionNormalization)
    let (query, key, value) = try queryKeyValue(x)
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
    let x = try normalized(input, .feedForwardNormalization)
    switch configuration.feedForward {
    case .gated:
      return try projected(x, .gate).gatedLinear(
        up: projected(x, .up), weight: parameters.weight(of: .layer(index, .down)),
        bias: parameters.bias(of: .layer(index, .down)))
    case .plain(let activation):
      return try projected(projected(x, .up).activated(by: activation), .down)
    }
  }

  /// The three projections, in the families that have them in one matrix by one product.
  private func queryKeyValue(_ x: Tensor) throws(EngineError) -> (Tensor, Tensor, Tensor) {
    guard parameters.has(.layer(index, .queryKeyValue)) else {
      return (try projected(x, .query), try projected(x, .key), try projected(x, .value))
    }
    let queries = configuration.heads * configuration.headWidth
    let keys = configuration.keyValueHeads * configuration.headWidth
    let parts = try projected(x, .queryKeyValue).split(widths: [queries, keys, keys])
    return (parts[0], parts[1], parts[2])
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
