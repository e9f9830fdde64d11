#if LibTorch
  import Testing

  @testable import TorchEngine

  @Suite("Linear layers of a normalized input")
  struct NormalizedLinearTests {
    private let layer: Layer = {
      try $0[0].rootMeanSquareNormalized(
        weight: $0[1], epsilon: 1e-5, through: [($0[2], nil), ($0[3], $0[4])])
    }

    private func inputs(tokens: Int, width: Int) throws -> [Sample] {
      [
        try Sample(seed: 1, [tokens, width]), try Sample(seed: 2, [width]),
        try Sample(seed: 3, [24, width]), try Sample(seed: 4, [40, width]),
        try Sample(seed: 5, [40]),
      ]
    }

    /// Below and above the sizes from which oneDNN computes the products.
    @Test("are the normalization and each projection apart", arguments: [[3, 5], [70, 48]])
    func composition(_ sizes: [Int]) throws {
      let inputs = try inputs(tokens: sizes[0], width: sizes[1])
      try expectKernelAgrees(layer, inputs)
      // The layers that it joins, in double precision.
      let apart = try evaluate(
        {
          let x = try $0[0].rootMeanSquareNormalized(weight: $0[1], epsilon: 1e-5)
          return [try x.linear($0[2]), try x.linear($0[3], bias: $0[4])]
        }, inputs, as: .float64)
      let joined = try evaluate(layer, inputs, as: .float32)
      for (seen, expected) in zip(joined.outputs, apart.outputs) {
        #expect(deviation(seen, from: expected) < 5e-6)
      }
      #expect(joined.gradients.count == 5)
      for (seen, expected) in zip(joined.gradients, apart.gradients) {
        #expect(deviation(seen, from: expected) < 5e-6)
      }
    }

    @Test("their gradient is the derivative")
    func derivative() throws {
      try expectGradientIsTheDerivative(layer, inputs(tokens: 3, width: 4))
    }

    @Test("expanded gradients, computed weights, and one weight twice")
    func unusualGradients() throws {
      let inputs = try inputs(tokens: 20, width: 32)
      let layer = layer
      try expectKernelAgrees({ try layer($0).map { try $0.sum() } }, inputs)
      try expectKernelAgrees(
        {
          let weight = try $0[2].multiplied(by: $0[2])
          return try $0[0].rootMeanSquareNormalized(
            weight: $0[1], epsilon: 1e-5, through: [(weight, nil), (weight, nil)])
        }, Array(inputs.prefix(3)))
    }

    @Test("shapes that do not fit are named")
    func shapes() throws {
      let x = try Tensor(repeating: 1, shape: [20, 32])
      let norm = try Tensor(repeating: 1, shape: [32])
      let weight = try Tensor(repeating: 1, shape: [8, 16])
      let error = #expect(throws: EngineError.self) {
        try x.rootMeanSquareNormalized(weight: norm, epsilon: 1e-5, through: [(weight, nil)])
      }
      let message = error.map { "\($0)" } ?? ""
      #expect(message.contains("[20, 32]") && message.contains("[8, 16]"))
      #expect(throws: EngineError.self) {
        try x.rootMeanSquareNormalized(weight: weight, epsilon: 1e-5, through: [(weight, nil)])
      }
    }
  }
#endif
