#if LibTorch
  import Testing

  @testable import TorchEngine

  @Suite("Layer normalization")
  struct LayerNormalizationTests {
    // Not at width 1, where the gradient is a difference of equal numbers.
    @Test("agrees with float64", arguments: [[3, 7], [5, 16], [17, 33], [130, 48]])
    func agreement(_ shape: [Int]) throws {
      try expectKernelAgrees(
        layer(epsilon: 1e-5),
        [
          try Sample(seed: 4, shape, mean: 2), try Sample(seed: 5, [shape[1]], mean: 1),
          try Sample(seed: 6, [shape[1]]),
        ])
    }

    @Test("the gradient is the derivative")
    func derivative() throws {
      try expectGradientIsTheDerivative(
        layer(epsilon: 1e-3),
        [try Sample(seed: 4, [3, 6]), try Sample(seed: 5, [6]), try Sample(seed: 6, [6])])
    }

    @Test("a row by hand: (1, 3) has mean 2 and variance 1, and ε 3 makes the root 2")
    func byHand() throws {
      let x = try Tensor([1, 3, 10, 10] as [Float], shape: [2, 2])
      let y = try x.layerNormalized(
        weight: Tensor([2, 4] as [Float]), bias: Tensor([10, 20] as [Float]), epsilon: 3)
      #expect(try y.values(as: Float.self) == [9, 22, 10, 20])
    }

    @Test("takes an expanded gradient, and no rows")
    func unusual() throws {
      let x = try Sample(seed: 4, [40, 32]).tensor(.float32)
      let weight = try Sample(seed: 5, [32]).tensor(.float32)
      let bias = try Sample(seed: 6, [32]).tensor(.float32)
      try bias.requireGradient()
      try backward([
        GradientSeed(x.layerNormalized(weight: weight, bias: bias, epsilon: 1e-5).sum(), [1])
      ])
      let gradient = try #require(try bias.gradient()).values(as: Float.self)
      #expect(gradient == [Float](repeating: 40, count: 32))
      let none = try Tensor([] as [Float], shape: [0, 32])
      try none.requireGradient()
      let y = try none.layerNormalized(weight: weight, bias: bias, epsilon: 1e-5)
      #expect(y.shape == [0, 32])
      try backward([GradientSeed(y, [])])
    }

    @Test("weights that do not fit are refused with their shapes")
    func refusal() throws {
      let x = try Tensor(repeating: 1, shape: [20, 32])
      let fitting = try Tensor(repeating: 1, shape: [32])
      let short = try Tensor(repeating: 1, shape: [7])
      for (weight, bias) in [(fitting, short), (short, fitting)] {
        let error = #expect(throws: EngineError.self) {
          try x.layerNormalized(weight: weight, bias: bias, epsilon: 1e-5)
        }
        #expect(error?.description.contains("do not fit an input of shape [20, 32]") == true)
        #expect(error?.description.contains("[7]") == true)
      }
    }

    private func layer(epsilon: Double) -> Layer {
      { [try $0[0].layerNormalized(weight: $0[1], bias: $0[2], epsilon: epsilon)] }
    }
  }
#endif
