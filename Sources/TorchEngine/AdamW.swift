internal import CTorch

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2), LibTorch's fused form.
///
/// Gradients are clipped by their norm on the way in, at no pass of their own.
public final class AdamW {
  /// The running means of gradients and of squared gradients, parameter by parameter.
  public struct Moments {
    /// Means of the gradients.
    public var first: [Tensor]
    /// Means of the squared gradients.
    public var second: [Tensor]

    /// Joins the means of both powers; both have one tensor a parameter.
    public init(first: [Tensor], second: [Tensor]) {
      self.first = first
      self.second = second
    }
  }

  /// Parameters that share a weight decay.
  private struct Group {
    let parameters: [Tensor]
    var moments: Moments
    let weightDecay: Double
  }

  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private var groups: [Group] = []
  /// Steps taken, which the correction for the moments' start at zero depends on.
  public private(set) var step = 0

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
          parameters: parameters,
          moments: Moments(first: try zeros(like: parameters), second: try zeros(like: parameters)),
          weightDecay: decay))
    }
  }

  /// What the optimizer has learned so far: the moments of the decayed parameters, in the order they
  /// were given in, then those of the plain ones.
  public var moments: Moments {
    Moments(first: groups.flatMap(\.moments.first), second: groups.flatMap(\.moments.second))
  }

  /// Goes on from where an optimizer over the same parameters has stopped.
  ///
  /// - Parameters:
  ///   - step: Steps that it had taken.
  ///   - moments: Its ``moments``, of the parameters' shapes and number format.
  public func resume(after step: Int, moments: Moments) {
    var (first, second) = (moments.first[...], moments.second[...])
    for index in groups.indices {
      let shapes = groups[index].parameters.map(\.shape)
      groups[index].moments = Moments(
        first: Array(first.prefix(shapes.count)), second: Array(second.prefix(shapes.count)))
      precondition(
        groups[index].moments.first.map(\.shape) == shapes
          && groups[index].moments.second.map(\.shape) == shapes,
        "moments of other parameters")
      (first, second) = (first.dropFirst(shapes.count), second.dropFirst(shapes.count))
    }
    precondition(first.isEmpty && second.isEmpty, "moments of more parameters")
    self.step = step
  }

  /// √(Σ‖gradient‖²) over all parameters, before clipping: what `grad_norm` logs.
  public func gradientNorm() throws(EngineError) -> Double {
    let parameters = groups.flatMap(\.parameters).map { Optional($0.raw) }
    var norm = 0.0
    try check(ct_gradient_norm(parameters, Int64(parameters.count), &norm))
    return norm
  }

  /// Forgets the gradients without a step.
  ///
  /// - Throws: ``EngineError``.
  public func discardGradients() throws(EngineError) {
    for group in groups {
      for parameter in group.parameters { try parameter.clearGradient() }
    }
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
          group.parameters.map { Optional($0.raw) }, group.moments.first.map { Optional($0.raw) },
          group.moments.second.map { Optional($0.raw) }, Int64(group.parameters.count),
          ct_adamw(
            learning_rate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
            weight_decay: group.weightDecay, gradient_scale: gradientScale, step: Int64(step))))
    }
    try discardGradients()
  }
}

private func zeros(like parameters: [Tensor]) throws(EngineError) -> [Tensor] {
  var zeros: [Tensor] = []
  for parameter in parameters {
    zeros.append(try Tensor(repeating: 0, shape: parameter.shape, as: parameter.elementType))
  }
  return zeros
}
