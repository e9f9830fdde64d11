#if LibTorch
  import Testing

  @testable import TorchEngine

  /// A forest in words: the length of each trunk and of each of its branches.
  struct Forest: Sendable, CustomTestStringConvertible {
    var trees: [(trunk: Int, branches: [Int])]

    var testDescription: String {
      trees.map { "\($0.trunk)+\($0.branches)" }.joined(separator: " ")
    }

    var layout: PackedTrees {
      var end = 0
      func next(_ length: Int) -> Range<Int> {
        defer { end += length }
        return end..<end + length
      }
      return PackedTrees(
        trees.map { tree in
          let trunk = next(tree.trunk)
          return .init(trunk: trunk, branches: tree.branches.map(next))
        })
    }

    var tokens: Int { trees.reduce(0) { $0 + $1.trunk + $1.branches.reduce(0, +) } }
  }

  @Suite("Tree attention")
  struct TreeAttentionTests {
    /// The kernel scores 48 rows at a time and pads to 16 columns: lengths lie on both sides.
    static let forests = [
      Forest(trees: [(1, [])]),
      Forest(trees: [(5, [3, 4])]),
      Forest(trees: [(0, [6, 1])]),
      Forest(trees: [(7, [0, 2, 0])]),
      Forest(trees: [(0, [0]), (16, [15, 17]), (3, [])]),
      Forest(trees: [(49, [1, 50])]),
      Forest(trees: [(30, [110, 5]), (101, [20])]),
    ]
    static let windows: [Int?] = [nil, 1, 5, 16, 17, 50, 200]

    @Test("agrees with float64 in each forest and window", arguments: forests, windows)
    func forestsAndWindows(_ forest: Forest, _ window: Int?) throws {
      try expectAgreement(forest, heads: 2, keyValueHeads: 1, width: 8, window: window)
    }

    @Test("agrees with float64 at each head width", arguments: [2, 8, 16, 24, 32, 64, 80])
    func widths(_ width: Int) throws {
      try expectAgreement(
        Forest(trees: [(9, [52, 3])]), heads: 2, keyValueHeads: 2, width: width, window: nil)
    }

    @Test(
      "agrees with float64 however heads are grouped",
      arguments: [[1, 1], [3, 3], [4, 2], [6, 2], [9, 3], [8, 1]])
    func groups(_ heads: [Int]) throws {
      try expectAgreement(
        Forest(trees: [(4, [6, 9]), (2, [3])]), heads: heads[0], keyValueHeads: heads[1], width: 16,
        window: nil)
    }

    @Test(
      "takes queries, keys and values that are columns of one matrix",
      arguments: [[1, 1, 8], [2, 1, 4], [3, 3, 7]])
    func columns(_ sizes: [Int]) throws {
      let (heads, keyValueHeads, width) = (sizes[0], sizes[1], sizes[2])
      let attend = TreeAttention(heads: heads, keyValueHeads: keyValueHeads, scale: 0.4)
      for forest in [Forest(trees: [(5, [3, 60]), (0, [1])]), Forest(trees: [(1, [])])] {
        let layout = forest.layout
        let widths = [heads * width, keyValueHeads * width, keyValueHeads * width]
        try expectKernelAgrees(
          {
            let parts = try $0[0].split(widths: widths)
            return [try attend(query: parts[0], key: parts[1], value: parts[2], layout: layout)]
          }, [try Sample(seed: 11, [forest.tokens, widths.reduce(0, +)])])
      }
    }

    @Test("the gradient is the derivative", arguments: [nil, 2] as [Int?])
    func derivative(_ window: Int?) throws {
      let forest = Forest(trees: [(2, [2, 1]), (0, [2])])
      try expectGradientIsTheDerivative(
        layer(forest, heads: 2, keyValueHeads: 1, width: 2, window: window),
        try inputs(forest, heads: 2, keyValueHeads: 1, width: 2))
    }

    @Test("large scores do not overflow, and the largest takes all")
    func largeScores() throws {
      // Scores of ±1e4: e^1e4 is no number, and the softmax is one-hot to the last digit.
      let keys = try Tensor([100, -100, 100] as [Float], shape: [3, 1])
      let values = try Tensor([1, 2, 3] as [Float], shape: [3, 1])
      let attend = TreeAttention(heads: 1, keyValueHeads: 1, scale: 1)
      let layout = PackedTrees([.init(trunk: 0..<3, branches: [])])
      let seen = try attend(query: keys, key: keys, value: values, layout: layout)
      #expect(try seen.values(as: Float.self) == [1, 2, 2])
    }

    @Test("a branch sees the trunk and itself, never its sibling")
    func siblings() throws {
      // All scores are 0, so each output is the mean of the values that the token sees.
      let zero = try Tensor(repeating: 0, shape: [6, 1])
      let values = try Tensor([2, 4, 9, 30, 300, 3000] as [Float], shape: [6, 1])
      let attend = TreeAttention(heads: 1, keyValueHeads: 1, scale: 1)
      let layout = PackedTrees([
        .init(trunk: 0..<2, branches: [2..<3, 3..<5]), .init(trunk: 5..<6, branches: []),
      ])
      let seen = try attend(query: zero, key: zero, value: values, layout: layout)
        .values(as: Float.self)
      #expect(zip(seen, [2, 3, 5, 12, 84, 3000] as [Float]).allSatisfy { abs($0 - $1) < 1e-4 })
      let near = TreeAttention(heads: 1, keyValueHeads: 1, scale: 1, window: 2)
      let short = try near(query: zero, key: zero, value: values, layout: layout)
        .values(as: Float.self)
      #expect(zip(short, [2, 3, 6.5, 17, 165, 3000] as [Float]).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test("no tokens: no rows, and a backward pass")
    func noTokens() throws {
      let x = try Tensor([] as [Float], shape: [0, 8])
      try x.requireGradient()
      let attend = TreeAttention(heads: 2, keyValueHeads: 2, scale: 1)
      for layout in [PackedTrees([]), PackedTrees([.init(trunk: 0..<0, branches: [0..<0])])] {
        let seen = try attend(query: x, key: x, value: x, layout: layout)
        #expect(seen.shape == [0, 8])
        try backward([GradientSeed(seen, [])])
      }
    }

    private func expectAgreement(
      _ forest: Forest, heads: Int, keyValueHeads: Int, width: Int, window: Int?,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      try expectKernelAgrees(
        layer(forest, heads: heads, keyValueHeads: keyValueHeads, width: width, window: window),
        try inputs(forest, heads: heads, keyValueHeads: keyValueHeads, width: width),
        sourceLocation: sourceLocation)
    }

    private func layer(
      _ forest: Forest, heads: Int, keyValueHeads: Int, width: Int, window: Int?
    ) -> Layer {
      let attend = TreeAttention(
        heads: heads, keyValueHeads: keyValueHeads, scale: 1 / Double(width).squareRoot(),
        window: window)
      let layout = forest.layout
      return { [try attend(query: $0[0], key: $0[1], value: $0[2], layout: layout)] }
    }

    private func inputs(
      _ forest: Forest, heads: Int, keyValueHeads: Int, width: Int
    ) throws -> [Sample] {
      [
        try Sample(seed: 11, [forest.tokens, heads * width]),
        try Sample(seed: 12, [forest.tokens, keyValueHeads * width]),
        try Sample(seed: 13, [forest.tokens, keyValueHeads * width]),
      ]
    }
  }
#endif
