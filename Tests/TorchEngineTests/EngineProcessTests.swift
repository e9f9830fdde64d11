#if LibTorch
  import Testing

  @testable import TorchEngine

  /// What belongs to the whole process is tested in processes of its own.
  @Suite("The engine's process")
  struct EngineProcessTests {
    @Test("every tensor is given back: work in a loop leaves no handle behind")
    func leaks() async {
      await #expect(processExitsWith: .success) {
        let before = Engine.liveTensors
        for step in 0..<20 {
          try oneTrainingStep(seed: UInt64(step))
          #expect(Engine.liveTensors == before)
        }
        #expect(before == 0)
      }
    }

    @Test("errors give back what they had begun")
    func leaksOfErrors() async {
      await #expect(processExitsWith: .success) {
        let matrix = try Tensor(repeating: 1, shape: [4, 4])
        for _ in 0..<10 {
          #expect(throws: EngineError.self) { try matrix.reshaped([3]) }
          #expect(throws: EngineError.self) {
            try TokenScores(hidden: matrix, head: matrix, rows: [0], targets: [9])
          }
          #expect(throws: EngineError.self) { try backward([GradientSeed(matrix.sum(), [1])]) }
        }
        #expect(Engine.liveTensors == 1)
        withExtendedLifetime(matrix) {}
      }
    }

    @Test("the number of threads is what was asked for, and results do not depend on it")
    func threads() async {
      await #expect(processExitsWith: .success) {
        var seen: [[Double]] = []
        for count in [1, 2, 3] {
          try Engine.setThreads(count)
          #expect(Engine.threads == count)
          seen.append(try oneTrainingStep(seed: 1))
        }
        // Sums over threads are added in another order.
        #expect(deviation(seen[1], from: seen[0]) < 1e-6)
        #expect(deviation(seen[2], from: seen[0]) < 1e-6)
      }
    }

    @Test("no threads at all are a mistake of ours")
    func noThreads() async {
      await #expect(processExitsWith: .failure) { try Engine.setThreads(0) }
    }

    @Test("the machine is described alike each time, and the version is the pinned one")
    func machine() throws {
      let machine = try Engine.prepare()
      #expect(try Engine.prepare() == machine)
      let version = try #require(Engine.version)
      #expect(version.hasPrefix("2.13"))
    }
  }

  /// Forward, backward and an optimizer step through every layer; returns the new weights.
  @discardableResult
  private func oneTrainingStep(seed: UInt64) throws -> [Double] {
    let table = try Tensor.normal(deviation: 0.5, seed: seed, shape: [50, 16])
    let weight = try Tensor.normal(deviation: 0.3, seed: seed + 1, shape: [16, 16])
    let norm = try Tensor(repeating: 1, shape: [16])
    let optimizer = try AdamW(
      decayed: [table, weight], plain: [norm], weightDecay: 0.1, beta1: 0.9, beta2: 0.999,
      epsilon: 1e-8)
    for tensor in [table, weight, norm] { try tensor.requireGradient() }
    let tokens = (0..<150).map { Int64($0 * 7 % 50) }
    let x = try table.embedding(tokens).rootMeanSquareNormalized(weight: norm, epsilon: 1e-5)
    let q = try x.linear(weight).rotated(
      cosine: Tensor(repeating: 0.6, shape: [150, 4]),
      sine: Tensor(repeating: 0.8, shape: [150, 4]))
    let attend = TreeAttention(heads: 2, keyValueHeads: 2, scale: 0.35)
    let layout = PackedTrees([
      .init(trunk: 0..<20, branches: [20..<60, 60..<70]), .init(trunk: 70..<150, branches: []),
    ])
    let mixed = try attend(query: q, key: q, value: x, layout: layout)
    let hidden = try mixed.gating(x).adding(x)
    let scores = try TokenScores(
      hidden: hidden, head: table, rows: Array(0..<149), targets: Array(tokens.dropFirst()))
    try backward([GradientSeed(scores.logProbability, [Double](repeating: -0.01, count: 149))])
    let norm2 = try optimizer.gradientNorm()
    try optimizer.update(learningRate: 0.01, gradientScale: min(1, 1 / norm2))
    return try [table, weight, norm].flatMap { try $0.values(as: Double.self) }
  }
#endif
