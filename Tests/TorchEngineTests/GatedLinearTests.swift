#if LibTorch
  import Testing

  @testable import TorchEngine

  @Suite("Gated linear layer")
  struct GatedLinearTests {
    /// Below and above the sizes from which oneDNN computes the products.
    @Test("is gate and projection in one", arguments: [[3, 5, 4], [70, 48, 32]])
    func composition(_ sizes: [Int]) throws {
      let (tokens, width, outputs) = (sizes[0], sizes[1], sizes[2])
      let inputs = [
        try Sample(seed: 1, [tokens, width]), try Sample(seed: 2, [tokens, width]),
        try Sample(seed: 3, [outputs, width]), try Sample(seed: 4, [outputs]),
      ]
      let layer: Layer = { [try $0[0].gatedLinear(up: $0[1], weight: $0[2], bias: $0[3])] }
      try expectKernelAgrees(layer, inputs)
      // The two layers that it joins, in double precision.
      let apart = try evaluate(
        { [try $0[0].gating($0[1]).linear($0[2], bias: $0[3])] }, inputs, as: .float64)
      let joined = try evaluate(layer, inputs, as: .float32)
      #expect(deviation(joined.outputs[0], from: apart.outputs[0]) < 5e-6)
      for (seen, expected) in zip(joined.gradients, apart.gradients) {
        #expect(deviation(seen, from: expected) < 5e-6)
      }
    }

    @Test("its gradient is the derivative, with and without a bias")
    func derivative() throws {
      let inputs = [
        try Sample(seed: 1, [3, 4]), try Sample(seed: 2, [3, 4]), try Sample(seed: 3, [2, 4]),
      ]
      try expectGradientIsTheDerivative(
        { [try $0[0].gatedLinear(up: $0[1], weight: $0[2])] }, inputs)
      try expectGradientIsTheDerivative(
        { [try $0[0].gatedLinear(up: $0[1], weight: $0[2], bias: $0[3])] },
        inputs + [try Sample(seed: 4, [2])])
    }

    @Test("takes expanded gradients, computed weights, and one tensor as gate and up")
    func unusualGradients() throws {
      let x = try Sample(seed: 1, [20, 32])
      let weight = try Sample(seed: 2, [24, 32])
      try expectKernelAgrees(
        { [try $0[0].gatedLinear(up: $0[0], weight: $0[1]).sum()] }, [x, weight])
      try expectKernelAgrees(
        { [try $0[0].gatedLinear(up: $0[0], weight: $0[1].multiplied(by: $0[1]))] }, [x, weight])
    }

    @Test("shapes that do not fit are named")
    func shapes() throws {
      let gate = try Tensor(repeating: 1, shape: [20, 32])
      let weight = try Tensor(repeating: 1, shape: [8, 16])
      let error = #expect(throws: EngineError.self) {
        try gate.gatedLinear(up: gate, weight: weight)
      }
      let message = error.map { "\($0)" } ?? ""
      #expect(message.contains("[20, 32]") && message.contains("[8, 16]"))
    }
  }
#endif
