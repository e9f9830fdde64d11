#if LibTorch
  import Testing

  @testable import TorchEngine

  @Suite("Gradients")
  struct GradientTests {
    private struct Interruption: Error {}

    private func recordsGraph() throws -> Bool {
      let x = try Tensor([1] as [Float])
      try x.requireGradient()
      do {
        try backward([GradientSeed(x.adding(x), [1])])
        return true
      } catch {
        return false
      }
    }

    @Test("no graph is recorded inside withoutGradients, and afterwards it is")
    func scope() throws {
      let before = try recordsGraph()
      let (outer, inner, outerAgain) = try withoutGradients {
        (try recordsGraph(), try withoutGradients(recordsGraph), try recordsGraph())
      }
      #expect([before, outer, inner, outerAgain] == [true, false, false, false])
      #expect(try recordsGraph())
    }

    @Test("a body that throws leaves the mode as it was, and its error passes")
    func scopeThatThrows() throws {
      func interrupted() throws { try withoutGradients { throw Interruption() } }
      #expect(throws: Interruption.self) { try interrupted() }
      #expect(try recordsGraph())
      let insideAfterwards = try withoutGradients {
        try? interrupted()
        return try recordsGraph()
      }
      #expect(!insideAfterwards)
      #expect(try recordsGraph())
    }

    @Test("several roots share one pass, and passes add up until the gradient is cleared")
    func accumulation() throws {
      let x = try Tensor([2, 3] as [Float])
      #expect(try x.gradient() == nil)
      try x.requireGradient()
      let square = try x.multiplied(by: x)
      let double = try x.adding(x)
      try backward([GradientSeed(square, [1, 10]), GradientSeed(double, [100, 0])])
      #expect(try #require(try x.gradient()).values(as: Float.self) == [204, 60])
      try backward([GradientSeed(x.adding(x), [1, 1])])
      #expect(try #require(try x.gradient()).values(as: Float.self) == [206, 62])
      try x.clearGradient()
      #expect(try x.gradient() == nil)
    }

    @Test("one pass through branches of a graph is the sum of passes through each")
    func sharedGraph() throws {
      let hidden = try Sample(seed: 1, [6, 4])
      let weight = try Sample(seed: 2, [4, 4])
      func gradient(_ parts: [Int]) throws -> [Double] {
        let x = try hidden.tensor(.float32)
        try x.requireGradient()
        let trunk = try x.linear(weight.tensor(.float32))
        let roots = [try trunk.gating(trunk), try trunk.multiplied(by: x)]
        try backward(
          parts.map { try GradientSeed(roots[$0], seedValues(count: 24, number: $0)) })
        return try #require(try x.gradient()).values(as: Double.self)
      }
      let apart = zip(try gradient([0]), try gradient([1])).map { $0 + $1 }
      #expect(deviation(try gradient([0, 1]), from: apart) < 1e-6)
    }

    @Test("a tensor that is no longer required takes no gradient")
    func frozen() throws {
      let x = try Tensor([2] as [Float])
      let y = try Tensor([3] as [Float])
      try x.requireGradient()
      try y.requireGradient()
      try y.requireGradient(false)
      try backward([GradientSeed(x.multiplied(by: y), [1])])
      #expect(try x.gradient() != nil)
      #expect(try y.gradient() == nil)
    }
  }
#endif
