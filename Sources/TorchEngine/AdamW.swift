internal import CTorch

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2), LibTorch's fused form.
///
/// Gradients are clipped by their norm on the way in, at no pass of their own.
public final class AdamW {
  /// Parameters that share a weight decay.
  private struct Group {
    let parameters: [Tensor]
    let firstMoments: [Tensor]
    let secondMoments: [Tensor]
    let weightDecay: Double
  }

  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private var groups: [Group] = []
  private var step: Int64 = 0

  /// Makes an optimizer over `decayed` parameters (matrices) and `plain` ones (norms and biases,
  /// which are not pulled to zero).
  ///
  /// - Parameters:
  ///   - decayed: Parameters that the weight decay applies to.
  ///   - plain: Parameters without weight decay.
  ///   - weightDecay: λ, applied as λ · learning rate.
  ///   - beta1: Decay of the mean of gradients.
  ///   - beta2: Decay of the mean of squared gradients.
  ///   - epsilon: Keeps the division away from zero.
  /// - Throws: ``EngineError`` if memory for the moments runs out.
  public init(
    decayed: [Tensor], plain: [Tensor], weightDecay: Double, beta1: Double, beta2: Double,
    epsilon: Double
  ) throws(EngineError) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    for (parameters, decay) in [(decayed, weightDecay), (plain, 0)] {
      groups.append(
        Group(
          parameters: parameters, firstMoments: try zeros(like: parameters),
          secondMoments: try zeros(like: parameters), weightDecay: decay))
    }
  }

  /// √(Σ‖gradient‖²) over all parameters, before clipping: what `grad_norm` logs.
  public func gradientNorm() throws(EngineError) -> Double {
    let parameters = groups.flatMap(\.parameters).map { Optional($0.raw) }
    var norm = 0.0
    try check(ct_gradient_norm(parameters, Int64(parameters.count), &norm))
    return norm
  }

  /// Takes one step and forgets the gradients.
  ///
  /// - Parameters:
  ///   - learningRate: Of this step.
  ///   - gradientScale: What gradients are multiplied by first; 1 without clipping.
  /// - Throws: ``EngineError``.
  public func update(learningRate: Double, gradientScale: Double = 1) throws(EngineError) {
    step += 1
    for group in groups where !group.parameters.isEmpty {
      try check(
        ct_adamw_step(
          group.parameters.map { Optional($0.raw) }, group.firstMoments.map { Optional($0.raw) },
          group.secondMoments.map { Optional($0.raw) }, Int64(group.parameters.count),
          ct_adamw(
            learning_rate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
            weight_decay: group.weightDecay, gradient_scale: gradientScale, step: step)))
      for parameter in group.parameters { try parameter.clearGradient() }
    }
  }
}

private func zeros(like parameters: [Tensor]) throws(EngineError) -> [Tensor] {
  var zeros: [Tensor] = []
  for parameter in parameters {
    zeros.append(try Tensor(repeating: 0, shape: parameter.shape, as: parameter.elementType))
  }
  return zeros
}
