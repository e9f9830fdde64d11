#if LibTorch
  import Testing

  @testable import TorchEngine

  /// The layers that treat each token by itself. Rows and widths lie on both sides of what the
  /// kernels take at once: 16 lanes, 6 rows, 64 rows a thread.
  @Suite("Position-wise layers")
  struct PositionwiseLayerTests {
    /// Tokens, inputs, outputs. oneDNN takes products of 16 rows and columns, whatever their depth.
    static let linearSizes = [
      [1, 1, 1], [3, 5, 7], [20, 33, 18], [70, 48, 64], [1, 32, 32], [2, 16, 17], [40, 1, 40],
      [16, 16, 1],
    ]
    static let shapes = [[1, 1], [3, 7], [5, 16], [17, 33], [130, 48]]

    @Test(
      "linear agrees with float64",
      arguments: linearSizes)
    func linear(_ sizes: [Int]) throws {
      let (tokens, input, output) = (sizes[0], sizes[1], sizes[2])
      let x = try Sample(seed: 1, [tokens, input])
      let weight = try Sample(seed: 2, [output, input])
      let bias = try Sample(seed: 3, [output])
      try expectKernelAgrees({ [try $0[0].linear($0[1])] }, [x, weight])
      try expectKernelAgrees({ [try $0[0].linear($0[1], bias: $0[2])] }, [x, weight, bias])
    }

    @Test("linear's gradient is its derivative")
    func linearDerivative() throws {
      try expectGradientIsTheDerivative(
        { [try $0[0].linear($0[1], bias: $0[2])] },
        [try Sample(seed: 1, [3, 4]), try Sample(seed: 2, [5, 4]), try Sample(seed: 3, [5])])
    }

    @Test("linear is x · weightᵀ + bias")
    func linearByHand() throws {
      let x = try Tensor([1, 2, 3, 4] as [Float], shape: [2, 2])
      let weight = try Tensor([1, 0, 0, 1, 1, -1] as [Float], shape: [3, 2])
      let bias = try Tensor([10, 20, 30] as [Float])
      let y = try x.linear(weight, bias: bias)
      #expect(y.shape == [2, 3])
      #expect(try y.values(as: Float.self) == [11, 22, 29, 13, 24, 29])
    }

    // Not at width 1, where the gradient is a difference of equal numbers.
    @Test("root mean square normalization agrees with float64", arguments: shapes.dropFirst())
    func normalization(_ shape: [Int]) throws {
      try expectKernelAgrees(
        { [try $0[0].rootMeanSquareNormalized(weight: $0[1], epsilon: 1e-5)] },
        [try Sample(seed: 4, shape), try Sample(seed: 5, [shape[1]], mean: 1, deviation: 0.3)])
    }

    @Test("root mean square normalization's gradient is its derivative")
    func normalizationDerivative() throws {
      try expectGradientIsTheDerivative(
        { [try $0[0].rootMeanSquareNormalized(weight: $0[1], epsilon: 1e-3)] },
        [try Sample(seed: 4, [3, 6]), try Sample(seed: 5, [6])])
    }

    @Test("a row of zeros is normalized to zeros")
    func normalizationOfZeros() throws {
      let x = try Tensor(repeating: 0, shape: [2, 20])
      try x.requireGradient()
      let y = try x.rootMeanSquareNormalized(
        weight: Tensor(repeating: 2, shape: [20]), epsilon: 1e-6)
      #expect(try y.values(as: Float.self).allSatisfy { $0 == 0 })
      try backward([GradientSeed(y, [Double](repeating: 1, count: 40))])
      // d y / d x at zero is weight / √ε.
      let gradient = try #require(try x.gradient()).values(as: Float.self)
      #expect(gradient.allSatisfy { abs($0 - 2000) < 0.01 })
    }

    @Test(
      "rotation agrees with float64",
      arguments: [[1, 1, 2], [5, 3, 8], [70, 2, 24], [9, 4, 32]])
    func rotation(_ sizes: [Int]) throws {
      let (tokens, heads, width) = (sizes[0], sizes[1], sizes[2])
      let (cosine, sine) = try angles(tokens: tokens, half: width / 2)
      let x = try Sample(seed: 6, [tokens, heads * width])
      try expectKernelAgrees({ x in [try rotate(x[0], cosine, sine)] }, [x])
    }

    @Test("rotation's gradient is its derivative")
    func rotationDerivative() throws {
      let (cosine, sine) = try angles(tokens: 3, half: 2)
      try expectGradientIsTheDerivative(
        { [try rotate($0[0], cosine, sine)] }, [try Sample(seed: 6, [3, 8])])
    }

    @Test("a quarter turn takes (a, b) to (−b, a), pairing i with i + d/2")
    func quarterTurn() throws {
      let x = try Tensor([1, 2, 3, 4] as [Float], shape: [1, 4])
      let zero = try Tensor(repeating: 0, shape: [1, 2])
      let one = try Tensor(repeating: 1, shape: [1, 2])
      #expect(try x.rotated(cosine: zero, sine: one).values(as: Float.self) == [-3, -4, 1, 2])
    }

    @Test("the gate agrees with float64", arguments: shapes + [[40, 1000]])
    func gate(_ shape: [Int]) throws {
      try expectKernelAgrees(
        { [try $0[0].gating($0[1])] },
        [try Sample(seed: 7, shape, deviation: 3), try Sample(seed: 8, shape)])
    }

    @Test("the gate's gradient is its derivative")
    func gateDerivative() throws {
      try expectGradientIsTheDerivative(
        { [try $0[0].gating($0[1])] }, [try Sample(seed: 7, [3, 5]), try Sample(seed: 8, [3, 5])])
    }

    @Test("the gate saturates at the ends of the number range")
    func gateExtremes() throws {
      let gate = try Tensor([-1e30, -200, -90, 90, 200, 1e30] as [Float])
      let seen = try gate.gating(Tensor(repeating: 1, shape: [6])).values(as: Float.self)
      // σ stops at 6e-39, where the exponential does: 1e30 of it is still nothing.
      #expect(seen[..<3].allSatisfy { abs($0) < 1e-8 })
      #expect(seen[3...] == [90, 200, 1e30])
    }

    @Test("an embedding picks rows, and its gradient adds up where ids repeat")
    func embedding() throws {
      let table = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2])
      try table.requireGradient()
      let rows = try table.embedding([2, 0, 2])
      #expect(try rows.values(as: Float.self) == [5, 6, 1, 2, 5, 6])
      try backward([GradientSeed(rows, [1, 2, 3, 4, 5, 6])])
      let gradient = try #require(try table.gradient())
      #expect(try gradient.values(as: Float.self) == [3, 4, 0, 0, 6, 8])
    }

    @Test("no tokens at all: every layer answers with no rows", arguments: [8, 32])
    func noTokens(_ width: Int) throws {
      let x = try Tensor([] as [Float], shape: [0, width])
      let half = try Tensor([] as [Float], shape: [0, width / 2])
      let weight = try Tensor(repeating: 1, shape: [width, width])
      let ones = try Tensor(repeating: 1, shape: [width])
      try x.requireGradient()
      try weight.requireGradient()
      #expect(try weight.embedding([]).shape == [0, width])
      let outputs = [
        try x.linear(weight, bias: ones),
        try x.rootMeanSquareNormalized(weight: ones, epsilon: 1e-5),
        try x.rotated(cosine: half, sine: half), try x.gating(x),
      ]
      for output in outputs {
        #expect(output.shape == [0, width])
        try backward([GradientSeed(output, [])])
      }
      #expect(try #require(try x.gradient()).shape == [0, width])
      let gradient = try #require(try weight.gradient()).values(as: Float.self)
      #expect(gradient.allSatisfy { $0 == 0 })
    }

    /// The rotation with tables in the input's own number format.
    private func rotate(_ x: Tensor, _ cosine: Sample, _ sine: Sample) throws -> Tensor {
      try x.rotated(cosine: cosine.tensor(x.elementType), sine: sine.tensor(x.elementType))
    }

    private func angles(tokens: Int, half: Int) throws -> (cosine: Sample, sine: Sample) {
      (try Sample(seed: 9, [tokens, half]), try Sample(seed: 10, [tokens, half]))
    }
  }
#endif
