#if LibTorch
  import Foundation
  import Testing

  @testable import TorchEngine

  @Suite("Token scores")
  struct TokenScoresTests {
    /// Where the logits are during the backward pass.
    enum Logits: CaseIterable {
      case kept, recomputed
      var memory: Int { self == .kept ? 1 << 30 : 0 }
    }

    @Test(
      "agree with float64 with all three seeds", arguments: Logits.allCases,
      [[1, 4, 2, 1], [5, 32, 60, 1], [9, 16, 33, 12], [6, 8, 300, 50]])
    func agreement(_ logits: Logits, _ sizes: [Int]) throws {
      let (tokens, width, vocabulary, count) = (sizes[0], sizes[1], sizes[2], sizes[3])
      // More scored tokens than rows: rows repeat.
      let rows = indices(count, below: tokens, seed: 1)
      let targets = indices(count, below: vocabulary, seed: 2)
      let inputs = [
        try Sample(seed: 21, [tokens, width]),
        try Sample(seed: 22, [vocabulary, width], deviation: 0.5),
      ]
      try expectKernelAgrees(
        { try differentiable(scores($0, rows, targets, logits)) }, inputs)
      // One output alone: the backward pass skips what has no seed.
      for output in 0..<3 {
        try expectKernelAgrees(
          { [try differentiable(scores($0, rows, targets, logits))[output]] }, inputs)
      }
    }

    @Test("the gradient is the derivative")
    func derivative() throws {
      try expectGradientIsTheDerivative(
        { try differentiable(scores($0, [0, 2, 2, 1], [4, 0, 1, 1], .kept)) },
        [try Sample(seed: 21, [3, 3]), try Sample(seed: 22, [5, 3])])
    }

    @Test("kept and recomputed logits give the same numbers, with and without a graph")
    func modes() throws {
      let inputs = [try Sample(seed: 23, [40, 8]), try Sample(seed: 24, [70, 8])]
      let rows = indices(90, below: 40, seed: 3)
      let targets = indices(90, below: 70, seed: 4)
      let kept = try evaluate(
        { try differentiable(scores($0, rows, targets, .kept)) }, inputs, as: .float32)
      let again = try evaluate(
        { try differentiable(scores($0, rows, targets, .recomputed)) }, inputs, as: .float32)
      for (a, b) in zip(kept.outputs + kept.gradients, again.outputs + again.gradients) {
        #expect(deviation(b, from: a) < 1e-6)
      }
      let alone = try withoutGradients {
        try differentiable(scores(inputs.map { try $0.tensor(.float32) }, rows, targets, .kept))
          .map { try $0.values(as: Double.self) }
      }
      for (a, b) in zip(kept.outputs, alone) { #expect(deviation(b, from: a) < 1e-6) }
    }

    @Test("one logit row by hand: p = (1/2, 1/4, 1/4)")
    func byHand() throws {
      let head = try Tensor([Float(logTwo), 0, 0], shape: [3, 1])
      let hidden = try Tensor([1] as [Float], shape: [1, 1])
      let scored = try TokenScores(hidden: hidden, head: head, rows: [0, 0], targets: [0, 2])
      let half = logTwo
      func expect(_ tensor: Tensor, _ expected: [Double]) throws {
        #expect(deviation(try tensor.values(as: Double.self), from: expected) < 1e-6)
      }
      try expect(scored.logProbability, [-half, -2 * half])
      try expect(scored.entropy, [1.5 * half, 1.5 * half])
      try expect(scored.meanLogProbability, [-5 * half / 3, -5 * half / 3])
      #expect(try scored.isTop.values(as: Float.self) == [1, 0])
      #expect(scored.logCollisionProbability == nil)
    }

    @Test("the collision probability by hand: 1/4 + 1/16 + 1/16, and by chance 1/3")
    func collisionsByHand() throws {
      let head = try Tensor([Float(logTwo), 0, 0], shape: [3, 1])
      let hidden = try Tensor([1, 0] as [Float], shape: [2, 1])
      let scored = try TokenScores(
        hidden: hidden, head: head, rows: [0, 1], targets: [0, 2], includingCollisions: true)
      let seen = try #require(scored.logCollisionProbability).values(as: Double.self)
      #expect(deviation(seen, from: [-0.980_829_253, -1.098_612_289]) < 1e-6)
    }

    @Test(
      "collisions agree with Swift's own sum in both computations, and change nothing else",
      arguments: [[4, 2, 1], [32, 60, 1], [16, 33, 12], [8, 1000, 50]])
    func collisions(_ sizes: [Int]) throws {
      let (width, vocabulary, count) = (sizes[0], sizes[1], sizes[2])
      let hidden = try Sample(seed: 31, [count, width])
      let head = try Sample(seed: 32, [vocabulary, width], deviation: 0.5)
      let rows = (0..<count).map(Int64.init)
      let targets = indices(count, below: vocabulary, seed: 5)
      let expected = (0..<count).map { row in
        let logits = (0..<vocabulary).map { id in
          (0..<width).reduce(0.0) {
            $0 + Double(hidden.values[row * width + $1]) * Double(head.values[id * width + $1])
          }
        }
        let weights = logits.map { exp($0 - (logits.max() ?? 0)) }
        let total = weights.reduce(0, +)
        return log(weights.reduce(0) { $0 + ($1 / total) * ($1 / total) })
      }
      for element in [ElementType.float32, .float64] {
        let inputs = [try hidden.tensor(element), try head.tensor(element)]
        for tensor in inputs { try tensor.requireGradient() }
        func scored(_ includingCollisions: Bool, _ logits: Logits) throws -> TokenScores {
          try TokenScores(
            hidden: inputs[0], head: inputs[1], rows: rows, targets: targets,
            includingCollisions: includingCollisions, logitMemory: logits.memory, chunkMemory: 1)
        }
        for logits in Logits.allCases {
          let with = try scored(true, logits)
          let seen = try #require(with.logCollisionProbability).values(as: Double.self)
          #expect(deviation(seen, from: expected) < (element == .float32 ? 2e-6 : 1e-12))
          func gradients(_ scores: TokenScores) throws -> [[Double]] {
            try backward(
              differentiable(scores).map { try GradientSeed($0, seedValues(count: count)) })
            defer { for tensor in inputs { try? tensor.clearGradient() } }
            return try inputs.map { try #require(try $0.gradient()).values(as: Double.self) }
          }
          #expect(try gradients(with) == gradients(scored(false, logits)))
        }
        // Not differentiable: it leads nowhere.
        let collision = try #require(try scored(true, .kept).logCollisionProbability)
        #expect(throws: EngineError.self) {
          try backward([GradientSeed(collision, seedValues(count: count))])
        }
      }
    }

    @Test("logits of ±1000 overflow nothing")
    func extremes() throws {
      let head = try Tensor([1000, -1000, 0] as [Float], shape: [3, 1])
      let hidden = try Tensor([1, -1] as [Float], shape: [2, 1])
      try hidden.requireGradient()
      let scored = try TokenScores(
        hidden: hidden, head: head, rows: [0, 0, 1], targets: [0, 1, 1])
      #expect(try scored.logProbability.values(as: Float.self) == [0, -2000, 0])
      #expect(try scored.entropy.values(as: Float.self).allSatisfy { abs($0) < 1e-30 })
      let collision = try TokenScores(
        hidden: hidden, head: head, rows: [0, 1], targets: [0, 1], includingCollisions: true
      ).logCollisionProbability
      #expect(try #require(collision).values(as: Float.self).allSatisfy { abs($0) < 1e-6 })
      try backward([
        GradientSeed(scored.logProbability, [1, 1, 1]), GradientSeed(scored.entropy, [1, 1, 1]),
      ])
      let gradient = try #require(try hidden.gradient()).values(as: Float.self)
      #expect(deviation(gradient.map(Double.init), from: [-2000, 0]) < 1e-6)
    }

    @Test(
      "candidates agree with float64, with targets and alone", arguments: Logits.allCases,
      [[4, 2, 3], [5, 60, 4], [16, 33, 12], [8, 300, 50]])
    func candidates(_ logits: Logits, _ sizes: [Int]) throws {
      let (width, vocabulary, count) = (sizes[0], sizes[1], sizes[2])
      let rows = (0..<count).map(Int64.init)
      let targets = indices(count, below: vocabulary, seed: 2)
      // Tokens with none, with several, with the target among them, and with one twice.
      let counts = (0..<count).map { $0 % 4 }
      let offsets = counts.reduce(into: [Int64(0)]) { $0.append(($0.last ?? 0) + Int64($1)) }
      var ids = indices(Int(offsets[count]), below: vocabulary, seed: 6)
      if count > 3 { (ids[Int(offsets[3])], ids[Int(offsets[3]) + 1]) = (targets[3], targets[3]) }
      let candidates = TokenCandidates(ids: ids, offsets: offsets)
      func scored(_ inputs: [Tensor], _ candidates: TokenCandidates?) throws -> TokenScores {
        try TokenScores(
          hidden: inputs[0], head: inputs[1], rows: rows, targets: targets, candidates: candidates,
          includingCollisions: false, logitMemory: logits.memory, chunkMemory: 1)
      }
      let inputs = [
        try Sample(seed: 41, [count, width]),
        try Sample(seed: 42, [vocabulary, width], deviation: 0.5),
      ]
      func outputs(_ inputs: [Tensor]) throws -> [Tensor] {
        let scores = try scored(inputs, candidates)
        return try differentiable(scores) + [#require(scores.candidateLogProbability)]
      }
      try expectKernelAgrees(outputs, inputs)
      try expectKernelAgrees({ [try outputs($0)[3]] }, inputs)
      let with = try evaluate({ Array(try outputs($0).prefix(3)) }, inputs, as: .float32)
      let without = try evaluate({ differentiable(try scored($0, nil)) }, inputs, as: .float32)
      #expect(with.outputs == without.outputs)
      #expect(with.gradients == without.gradients)
    }

    @Test("a candidate's log probability is that of the same id as a target")
    func candidateIsTarget() throws {
      let hidden = try Tensor.normal(deviation: 1, seed: 1, shape: [1, 4])
      let head = try Tensor.normal(deviation: 1, seed: 2, shape: [9, 4])
      let targets = try TokenScores(
        hidden: hidden, head: head, rows: Array(repeating: 0, count: 9), targets: Array(0..<9))
      let candidates = try TokenScores(
        hidden: hidden, head: head, rows: [0], targets: [3],
        candidates: TokenCandidates(ids: Array(0..<9), offsets: [0, 9]))
      let seen = try #require(candidates.candidateLogProbability).values(as: Double.self)
      let expected = try targets.logProbability.values(as: Double.self)
      #expect(deviation(seen, from: expected) < 1e-6)
    }

    @Test("nothing to score: empty answers, zero gradient")
    func nothing() throws {
      let hidden = try Tensor(repeating: 1, shape: [2, 4])
      let head = try Tensor(repeating: 1, shape: [5, 4])
      try hidden.requireGradient()
      try head.requireGradient()
      let scored = try TokenScores(hidden: hidden, head: head, rows: [], targets: [])
      #expect(scored.logProbability.shape == [0])
      try backward([GradientSeed(scored.logProbability, [])])
      #expect(
        try #require(try hidden.gradient()).values(as: Float.self)
          == [Float](repeating: 0, count: 8))
    }

    @Test("a frozen head takes no gradient")
    func frozenHead() throws {
      let hidden = try Tensor.normal(deviation: 1, seed: 1, shape: [20, 4])
      let head = try Tensor.normal(deviation: 1, seed: 2, shape: [30, 4])
      try hidden.requireGradient()
      let scored = try TokenScores(hidden: hidden, head: head, rows: [3], targets: [7])
      try backward([GradientSeed(scored.logProbability, [1])])
      #expect(try head.gradient() == nil)
      #expect(try hidden.gradient() != nil)
    }

    private let logTwo = 0.693_147_180_559_945

    /// Chunks as small as they get, so that a few dozen rows make several.
    private func scores(
      _ inputs: [Tensor], _ rows: [Int64], _ targets: [Int64], _ logits: Logits
    ) throws -> TokenScores {
      try TokenScores(
        hidden: inputs[0], head: inputs[1], rows: rows, targets: targets,
        includingCollisions: false, logitMemory: logits.memory, chunkMemory: 1)
    }

    private func differentiable(_ scores: TokenScores) -> [Tensor] {
      [scores.logProbability, scores.entropy, scores.meanLogProbability]
    }

    private func indices(_ count: Int, below bound: Int, seed: UInt64) -> [Int64] {
      var random = SplitMix(state: seed)
      return (0..<count).map { _ in Int64.random(in: 0..<Int64(bound), using: &random) }
    }
  }
#endif
