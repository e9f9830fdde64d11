#if LibTorch
  import Testing

  @testable import TorchEngine

  /// Gradients that reach a layer in another form than one dense array a tensor.
  @Suite("Unusual gradients")
  struct UnusualGradientTests {
    /// The gradient of a sum is one number, expanded: an array whose rows and columns have stride 0.
    @Test("layers take expanded gradients", arguments: [[3, 8], [40, 32]])
    func expanded(_ sizes: [Int]) throws {
      let (tokens, width) = (sizes[0], sizes[1])
      let x = try Sample(seed: 1, [tokens, width])
      let square = try Sample(seed: 2, [width, width])
      let vector = try Sample(seed: 3, [width])
      let angles = try Sample(seed: 4, [tokens, width / 2])
      let attend = TreeAttention(heads: 2, keyValueHeads: 2, scale: 0.5)
      let layout = PackedTrees([.init(trunk: 0..<2, branches: [2..<3, 3..<tokens])])
      let rows = (0..<tokens).map(Int64.init)
      let layers: [(Layer, [Sample])] = [
        ({ [try $0[0].linear($0[1], bias: $0[2])] }, [x, square, vector]),
        ({ [try $0[0].rootMeanSquareNormalized(weight: $0[1], epsilon: 1e-5)] }, [x, vector]),
        ({ [try $0[0].gating($0[1])] }, [x, x]),
        (
          {
            let table = try angles.tensor($0[0].elementType)
            return [try $0[0].rotated(cosine: table, sine: table)]
          }, [x]
        ),
        ({ [try attend(query: $0[0], key: $0[1], value: $0[2], layout: layout)] }, [x, x, x]),
        (
          {
            let scores = try TokenScores(
              hidden: $0[0], head: $0[1], rows: rows, targets: rows.map { $0 % Int64(width) })
            return [scores.logProbability, scores.entropy, scores.meanLogProbability]
          }, [x, square]
        ),
      ]
      for (layer, inputs) in layers {
        try expectKernelAgrees({ try layer($0).map { try $0.sum() } }, inputs)
      }
    }

    @Test(
      "a layer whose input is frozen finds the gradients of its weights, and the other way round")
    func partlyFrozen() throws {
      let samples = [
        try Sample(seed: 1, [20, 32]), try Sample(seed: 2, [24, 32]), try Sample(seed: 3, [24]),
      ]
      let layer: Layer = { [try $0[0].linear($0[1], bias: $0[2])] }
      let all = try evaluate(layer, samples, as: .float32).gradients
      for trained in 0..<3 {
        let tensors = try samples.map { try $0.tensor(.float32) }
        try tensors[trained].requireGradient()
        let output = try layer(tensors)[0]
        try backward([GradientSeed(output, seedValues(count: output.count))])
        for (number, tensor) in tensors.enumerated() {
          let gradient = try tensor.gradient()?.values(as: Double.self)
          #expect(gradient == (number == trained ? all[number] : nil))
        }
      }
    }

    @Test("a tensor used twice by one layer gets both gradients")
    func usedTwice() throws {
      let x = try Sample(seed: 1, [20, 32])
      try expectKernelAgrees({ [try $0[0].gating($0[0])] }, [x])
      try expectKernelAgrees({ [try $0[0].linear($0[0])] }, [x])
      let attend = TreeAttention(heads: 4, keyValueHeads: 4, scale: 0.3)
      let layout = PackedTrees([.init(trunk: 0..<12, branches: [12..<20])])
      try expectKernelAgrees(
        { [try attend(query: $0[0], key: $0[0], value: $0[0], layout: layout)] }, [x])
      // A tied head: the embedding table's gradient from both ends.
      let ids = (0..<20).map { Int64($0 * 3 % 20) }
      try expectKernelAgrees(
        {
          let hidden = try $0[0].embedding(ids)
          return [
            try TokenScores(hidden: hidden, head: $0[0], rows: ids, targets: ids).logProbability
          ]
        }, [x])
    }
  }
#endif
