#if LibTorch
  import Testing

  @testable import TorchEngine

  /// LibTorch reports by C++ exceptions; what arrives here is a Swift error with a readable line.
  @Suite("Engine errors")
  struct EngineErrorTests {
    private let matrix: Tensor
    private let narrow: Tensor
    private let vector: Tensor

    init() throws {
      matrix = try Tensor(repeating: 1, shape: [20, 32])
      narrow = try Tensor(repeating: 1, shape: [20, 16])
      vector = try Tensor(repeating: 1, shape: [7])
    }

    @Test("shapes that do not fit are refused with both shapes")
    func shapes() throws {
      expect(["[20, 32]", "[20, 16]"]) { try matrix.linear(narrow) }
      expect(["[7]"]) { try vector.linear(matrix) }
      expect(["[7]", "[20, 32]"]) { try matrix.linear(matrix, bias: vector) }
      expect(["[7]", "[20, 32]"]) {
        try matrix.rootMeanSquareNormalized(weight: vector, epsilon: 1e-5)
      }
      expect(["[20, 32]", "[20, 16]"]) { try matrix.gating(narrow) }
      expect(["size of tensor"]) { try matrix.adding(narrow) }
      expect(["shape", "[3, 3]"]) { try matrix.reshaped([3, 3]) }
    }

    @Test("angles that do not fit are refused")
    func angles() throws {
      let wide = try Tensor(repeating: 1, shape: [20, 5])
      let short = try Tensor(repeating: 1, shape: [19, 16])
      let empty = try Tensor([] as [Float], shape: [20, 0])
      expect(["width 32", "10"]) { try matrix.rotated(cosine: wide, sine: wide) }
      expect(["[19, 16]", "20 tokens"]) { try matrix.rotated(cosine: short, sine: short) }
      expect(["[20, 16]", "[20, 5]"]) { try matrix.rotated(cosine: narrow, sine: wide) }
      expect(["head width 0"]) { try matrix.rotated(cosine: empty, sine: empty) }
    }

    @Test("attention that does not fit is refused")
    func attention() throws {
      let short = try Tensor(repeating: 1, shape: [19, 32])
      func attend(
        _ key: Tensor, heads: Int = 4, keyValueHeads: Int = 4, rows: Range<Int> = 0..<20
      ) throws -> Tensor {
        let attention = TreeAttention(heads: heads, keyValueHeads: keyValueHeads, scale: 1)
        return try attention(
          query: matrix, key: key, value: key,
          layout: PackedTrees([.init(trunk: rows, branches: [])]))
      }
      expect(["4 heads over 4", "32", "16"]) { try attend(narrow) }
      expect(["4 heads over 3"]) { try attend(matrix, keyValueHeads: 3) }
      expect(["5 heads"]) { try attend(matrix, heads: 5, keyValueHeads: 5) }
      expect(["20 queries", "19 keys"]) { try attend(short) }
      expect(["rows 0 to 21", "20 tokens"]) { try attend(matrix, rows: 0..<21) }
    }

    @Test(
      "ids outside the vocabulary are refused, as input and as target",
      arguments: [-1, 20, Int64.max])
    func vocabulary(_ id: Int64) throws {
      expect(["out of range"]) { try matrix.embedding([0, id]) }
      expect(["target", "vocabulary of 20"]) {
        try TokenScores(hidden: matrix, head: matrix, rows: [0], targets: [id])
      }
      expect(["index"]) { try TokenScores(hidden: matrix, head: matrix, rows: [id], targets: [0]) }
      expect(["[20, 32]", "[20, 16]"]) {
        try TokenScores(hidden: matrix, head: narrow, rows: [0], targets: [0])
      }
    }

    @Test("a backward pass without a graph, or a second one, is refused")
    func graphs() throws {
      expect(["grad"]) { try backward([GradientSeed(matrix.sum(), [1])]) }
      try matrix.requireGradient()
      let sum = try matrix.multiplied(by: matrix).sum()
      try backward([GradientSeed(sum, [1])])
      expect(["second time"]) { try backward([GradientSeed(sum, [1])]) }
      let scores = try TokenScores(
        hidden: matrix, head: narrow.reshaped([10, 32]), rows: [0], targets: [1])
      try backward([GradientSeed(scores.entropy, [1])])
      expect(["second time"]) { try backward([GradientSeed(scores.entropy, [1])]) }
      expect(["grad"]) { try backward([GradientSeed(scores.isTop, [1])]) }
      #expect(throws: EngineError.self) { try Tensor([1] as [Int64]).requireGradient() }
    }

    @Test("a sequence beyond the learned positions is answered with what to set")
    func positions() {
      #expect(
        EngineError.positions(tokens: 1100, limit: 1024).description
          == "a sequence of 1100 tokens is longer than the 1024 positions that the model has "
          + "learned; cut it to 1024 or fewer, in training and scoring by max_length")
    }

    @Test("memory that no machine has is refused")
    func memory() {
      expect(["memory"]) { try Tensor(repeating: 0, shape: [1 << 25, 1 << 25]) }
    }

    /// Checks that a call throws a message of few lines that holds each of `parts`.
    private func expect<Value>(
      _ parts: [String], sourceLocation: SourceLocation = #_sourceLocation,
      from call: () throws -> Value
    ) {
      let error = #expect(throws: EngineError.self, sourceLocation: sourceLocation) {
        _ = try call()
      }
      guard let error, case .operation(let message) = error else {
        Issue.record(
          "\(String(describing: error)) is no operation's error", sourceLocation: sourceLocation)
        return
      }
      #expect(error.description == "LibTorch: \(message)", sourceLocation: sourceLocation)
      for part in parts {
        #expect(message.contains(part), sourceLocation: sourceLocation)
      }
      #expect(!message.contains("Exception raised from"), sourceLocation: sourceLocation)
      #expect(message.count < 600, sourceLocation: sourceLocation)
    }
  }
#endif
