import TorchEngine

/// Tries what training needs: a product, a backward pass, a step of the optimizer.
enum EngineTrial {
  /// Takes one step on one weight and compares it with the result by hand.
  ///
  /// y = x·w with x = 2 and w = 1 has dy/dw = 2; Adam's first step has the learning rate's length
  /// whatever the gradient's, so 0.25 leads to 0.75.
  ///
  /// - Throws: `EngineError` if an operation fails; ``Failure`` if the numbers are wrong.
  static func train() throws {
    let input = try Tensor([2] as [Float], shape: [1, 1])
    let weight = try Tensor([1] as [Float], shape: [1, 1])
    try weight.requireGradient()
    try backward([GradientSeed(try input.linear(weight), [1])])
    guard let gradient = try weight.gradient()?.values(as: Float.self).first, gradient == 2 else {
      throw Failure(.failure, "the gradient of 2·w is not 2")
    }
    let optimizer = try AdamW(
      decayed: [weight], plain: [], weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
    try optimizer.update(learningRate: 0.25)
    guard let moved = try weight.values(as: Float.self).first, abs(moved - 0.75) < 1e-5 else {
      throw Failure(.failure, "a step of the optimizer went elsewhere than to 0.75")
    }
  }

  /// Multiplies matrices of 1024 × 1024 in float32 for a while.
  ///
  /// - Parameter duration: How long.
  /// - Returns: Floating-point operations a second, additions and multiplications counted.
  /// - Throws: `EngineError` if memory runs out.
  static func floatingPointRate(for duration: Duration = .milliseconds(500)) throws -> Double {
    let size = 1024
    let a = try Tensor.normal(deviation: 1, seed: 1, shape: [size, size])
    let b = try Tensor.normal(deviation: 1, seed: 2, shape: [size, size])
    return try withoutGradients {
      _ = try a.linear(b)
      let start = ContinuousClock.now
      var products = 0
      while ContinuousClock.now - start < duration {
        _ = try a.linear(b)
        products += 1
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      return Double(2 * size * size * size * products) / seconds
    }
  }
}
