#if LibTorch
  import Foundation
  import Testing

  @testable import TorchEngine

  @Suite("Activations")
  struct ActivationTests {
    static let all: [Activation] = [.gelu, .geluTanh, .relu]

    @Test("agree with float64", arguments: all, [[1, 1], [3, 7], [17, 33], [40, 1000]])
    func agreement(_ activation: Activation, _ shape: [Int]) throws {
      try expectKernelAgrees(
        { [try $0[0].activated(by: activation)] }, [try Sample(seed: 7, shape, deviation: 3)])
    }

    @Test("the gradient is the derivative", arguments: all)
    func derivative(_ activation: Activation) throws {
      try expectGradientIsTheDerivative(
        { [try $0[0].activated(by: activation)] }, [try Sample(seed: 7, [4, 9], deviation: 2)])
    }

    @Test("are their formulas", arguments: [ElementType.float32, .float64])
    func formulas(_ element: ElementType) throws {
      let x = stride(from: -6, through: 6, by: 0.25).map { $0 }
      let tensor = try Tensor(x).converted(to: element)
      func expect(_ activation: Activation, _ formula: (Double) -> Double) throws {
        let seen = try tensor.activated(by: activation).values(as: Double.self)
        #expect(deviation(seen, from: x.map(formula)) < (element == .float32 ? 2e-7 : 1e-15))
      }
      try expect(.gelu) { $0 * (1 + erf($0 / 2.squareRoot())) / 2 }
      try expect(.geluTanh) {
        $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) / 2
      }
      try expect(.relu) { max($0, 0) }
    }

    @Test("saturate at the ends of the number range", arguments: all)
    func extremes(_ activation: Activation) throws {
      let x = try Tensor([-1e30, -1e10, -200, -90, 0, 90, 200, 1e10] as [Float])
      try x.requireGradient()
      let y = try x.activated(by: activation)
      let seen = try y.values(as: Float.self)
      // σ stops at 6e-39, where the exponential does: 1e30 of it is still nothing.
      #expect(seen[..<5].allSatisfy { abs($0) < 1e-8 })
      #expect(seen[5...] == [90, 200, 1e10])
      try backward([GradientSeed(y, [Double](repeating: 1, count: 8))])
      let gradient = try #require(try x.gradient()).values(as: Float.self)
      #expect(gradient[1..<4].allSatisfy { abs($0) < 1e-8 })
      #expect(gradient[5...] == [1, 1, 1])
    }

    @Test("take expanded gradients, strided inputs, and none", arguments: all)
    func unusual(_ activation: Activation) throws {
      let x = try Sample(seed: 7, [20, 33])
      try expectKernelAgrees({ [try $0[0].activated(by: activation).sum()] }, [x])
      try expectKernelAgrees(
        { try $0[0].split(widths: [10, 23]).map { try $0.activated(by: activation) } }, [x])
      let none = try Tensor([] as [Float], shape: [0, 8])
      try none.requireGradient()
      let y = try none.activated(by: activation)
      #expect(y.shape == [0, 8])
      try backward([GradientSeed(y, [])])
    }
  }
#endif
