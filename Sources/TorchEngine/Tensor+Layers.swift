internal import CTorch

// The layers of a transformer. Tokens are rows; every layer is differentiable. Where a fused
// kernel exists (float32 on the processor) it is used; elsewhere LibTorch composes the formula.
extension Tensor {
  /// The rows of this table ([vocabulary, width]) for each id.
  ///
  /// - Parameter ids: Row numbers of the table.
  /// - Returns: [ids, width].
  /// - Throws: ``EngineError`` if an id has no row.
  public func embedding(_ ids: [Int64]) throws(EngineError) -> Tensor {
    try received { ct_embedding(raw, ids, Int64(ids.count), $0) }
  }

  /// x · weightᵀ + bias, where x is [tokens, in].
  ///
  /// - Parameters:
  ///   - weight: [out, in].
  ///   - bias: [out], or none.
  /// - Returns: [tokens, out].
  /// - Throws: ``EngineError`` if the shapes do not fit.
  public func linear(_ weight: Tensor, bias: Tensor? = nil) throws(EngineError) -> Tensor {
    try received { ct_linear(raw, weight.raw, bias?.raw, $0) }
  }

  /// x / √(mean(x²) + ε) · weight over the last dimension (Zhang & Sennrich 2019, eq. 4).
  ///
  /// - Parameters:
  ///   - weight: One factor for each place of the last dimension.
  ///   - epsilon: Keeps the root away from zero.
  /// - Returns: A tensor of the same shape.
  /// - Throws: ``EngineError`` if the shapes do not fit.
  public func rootMeanSquareNormalized(
    weight: Tensor, epsilon: Double
  ) throws(EngineError) -> Tensor {
    try received { ct_rms_norm(raw, weight.raw, epsilon, $0) }
  }

  /// What several linear layers make of one normalized input, x / √(mean(x²) + ε) · weight.
  ///
  /// The normalized input is computed again for the gradient rather than kept.
  ///
  /// - Parameters:
  ///   - weight: One factor for each column of this matrix, [tokens, in].
  ///   - epsilon: Keeps the root away from zero.
  ///   - layers: Weights [out, in], each with its bias [out], or none.
  /// - Returns: [tokens, out] for each layer.
  /// - Throws: ``EngineError`` if the shapes do not fit.
  public func rootMeanSquareNormalized(
    weight: Tensor, epsilon: Double, through layers: [(weight: Tensor, bias: Tensor?)]
  ) throws(EngineError) -> [Tensor] {
    var handles = [ct_tensor?](repeating: nil, count: layers.count)
    try check(
      ct_rms_norm_linears(
        raw, weight.raw, epsilon, layers.map { Optional($0.weight.raw) },
        layers.map { $0.bias?.raw },
        Int32(layers.count), &handles))
    return handles.compactMap { $0.map(Tensor.init(owning:)) }
  }

  /// (x − mean(x)) / √(variance(x) + ε) · weight + bias over the last dimension (Ba et al. 2016).
  ///
  /// - Parameters:
  ///   - weight: One factor for each place of the last dimension.
  ///   - bias: One summand for each place of the last dimension.
  ///   - epsilon: Keeps the root away from zero.
  /// - Returns: A tensor of the same shape.
  /// - Throws: ``EngineError`` if the shapes do not fit.
  public func layerNormalized(
    weight: Tensor, bias: Tensor, epsilon: Double
  ) throws(EngineError) -> Tensor {
    try received { ct_layer_norm(raw, weight.raw, bias.raw, epsilon, $0) }
  }

  /// Rotates each head's coordinates i and i + d/2 by the token's angles (Su et al. 2021).
  ///
  /// - Parameters:
  ///   - cosine: [tokens, d/2], a constant.
  ///   - sine: [tokens, d/2], a constant.
  /// - Returns: A tensor of the same shape.
  /// - Throws: ``EngineError`` if the width is no multiple of d.
  public func rotated(cosine: Tensor, sine: Tensor) throws(EngineError) -> Tensor {
    try received { ct_rotary(raw, cosine.raw, sine.raw, $0) }
  }

  /// silu(self) · up, elementwise: the gate of SwiGLU (Shazeer 2020, eq. 6).
  public func gating(_ up: Tensor) throws(EngineError) -> Tensor {
    try received { ct_gated_silu(raw, up.raw, $0) }
  }

  /// (silu(self) · up) · weightᵀ + bias: the end of a gated feed-forward block.
  ///
  /// The product inside is computed again for the gradient rather than kept.
  ///
  /// - Parameters:
  ///   - up: [tokens, in], as this tensor is.
  ///   - weight: [out, in].
  ///   - bias: [out], or none.
  /// - Returns: [tokens, out].
  /// - Throws: ``EngineError`` if the shapes do not fit.
  public func gatedLinear(
    up: Tensor, weight: Tensor, bias: Tensor? = nil
  ) throws(EngineError) -> Tensor {
    try received { ct_gated_linear(raw, up.raw, weight.raw, bias?.raw, $0) }
  }

  /// An activation of each element.
  public func activated(by activation: Activation) throws(EngineError) -> Tensor {
    try received { ct_activate(raw, activation.code, $0) }
  }
}
