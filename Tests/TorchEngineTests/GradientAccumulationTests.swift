#if LibTorch
  import Testing

  @testable import TorchEngine

  /// Weights write their gradient where it is kept, if they are parameters, and pass it on through
  /// the graph, if they were themselves computed. Both are the same sum.
  @Suite("Accumulation of gradients")
  struct GradientAccumulationTests {
    /// Below and above the sizes from which oneDNN computes the products.
    @Test("passes add up to the pass through all rows", arguments: [[6, 3, 5], [80, 32, 48]])
    func linearPasses(_ sizes: [Int]) throws {
      let (tokens, width, outputs) = (sizes[0], sizes[1], sizes[2])
      let x = try Sample(seed: 1, [tokens, width])
      let weight = try Sample(seed: 2, [outputs, width])
      let whole = try evaluate({ [try $0[0].linear($0[1])] }, [x, weight], as: .float64)
      for element in [ElementType.float32, .float64] {
        let trained = try weight.tensor(element)
        try trained.requireGradient()
        let seeds = seedValues(count: tokens * outputs)
        for rows in [0..<tokens / 2, tokens / 2..<tokens] {
          let part = Sample(
            Array(x.values[rows.lowerBound * width..<rows.upperBound * width]), [rows.count, width])
          let output = try part.tensor(element).linear(trained)
          let seed = Array(seeds[rows.lowerBound * outputs..<rows.upperBound * outputs])
          try backward([GradientSeed(output, seed)])
        }
        let gradient = try #require(try trained.gradient()).values(as: Double.self)
        #expect(deviation(gradient, from: whole.gradients[1]) < 5e-6)
      }
    }

    @Test("a weight that was computed passes its gradient on")
    func computedWeights() throws {
      let x = try Sample(seed: 1, [20, 32])
      let weight = try Sample(seed: 2, [24, 32])
      let factor = try Sample(seed: 3, [24, 32])
      let linear: Layer = { [try $0[0].linear($0[1].multiplied(by: $0[2]))] }
      try expectKernelAgrees(linear, [x, weight, factor])
      try expectGradientIsTheDerivative(
        linear,
        [
          try Sample(seed: 1, [3, 4]), try Sample(seed: 2, [2, 4]), try Sample(seed: 3, [2, 4]),
        ])
      let lookup: Layer = { [try $0[0].multiplied(by: $0[1]).embedding([2, 0, 2, 1])] }
      let tables = [try Sample(seed: 4, [3, 5]), try Sample(seed: 5, [3, 5])]
      try expectKernelAgrees(lookup, tables)
      try expectGradientIsTheDerivative(lookup, tables)
    }

    @Test("a computed head adds up its chunks")
    func computedHead() throws {
      let hidden = try Sample(seed: 1, [64, 32])
      let head = try Sample(seed: 2, [40, 32])
      let factor = try Sample(seed: 3, [40, 32])
      let rows = (0..<64).map(Int64.init)
      try expectKernelAgrees(
        {
          // 16 rows a chunk, and no logits kept.
          [
            try TokenScores(
              hidden: $0[0], head: $0[1].multiplied(by: $0[2]), rows: rows,
              targets: rows.map { $0 % 40 }, includingCollisions: false, logitMemory: 0,
              chunkMemory: 1
            ).logProbability
          ]
        }, [hidden, head, factor])
    }

    @Test("one weight in several layers, a table looked up more than once")
    func shared() throws {
      let x = try Sample(seed: 1, [20, 32])
      let weight = try Sample(seed: 2, [32, 32])
      try expectKernelAgrees({ [try $0[0].linear($0[1]).linear($0[1])] }, [x, weight])
      // More rows than a thread takes at once, and ids that repeat within and between the calls.
      let table = try Sample(seed: 3, [1000, 8])
      let first = (0..<700).map { Int64($0 * 37 % 1000) }
      let second = (0..<900).map { Int64($0 * $0 % 1000) }
      try expectKernelAgrees(
        { [try $0[0].embedding(first), try $0[0].embedding(second)] }, [table], within: 1e-6)
      try expectGradientIsTheDerivative(
        { [try $0[0].embedding([1, 1, 0]), try $0[0].embedding([2, 1])] },
        [try Sample(seed: 4, [4, 3])])
    }
  }
#endif
