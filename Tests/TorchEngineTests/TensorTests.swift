#if LibTorch
  import Testing

  @testable import TorchEngine

  @Suite("Tensors")
  struct TensorTests {
    @Test("numbers and shapes come back as they went in")
    func roundTrip() throws {
      let tensor = try Tensor([1.5, -2, 0, 1e-300, 4, 5], shape: [2, 3])
      #expect(tensor.shape == [2, 3])
      #expect(tensor.count == 6)
      #expect(tensor.elementType == .float64)
      #expect(try tensor.values(as: Double.self) == [1.5, -2, 0, 1e-300, 4, 5])
      #expect(try tensor.values(as: Float.self) == [1.5, -2, 0, 0, 4, 5])
      #expect(try Tensor([1, Int64.max] as [Int64]).values(as: Int64.self) == [1, .max])
      #expect(try Tensor([] as [Float], shape: [0, 3]).values(as: Float.self) == [])
      let number = try Tensor([7] as [Float], shape: [])
      #expect(number.shape == [])
      #expect(try number.values(as: Float.self) == [7])
    }

    @Test("conversion rounds to the nearest number of the format")
    func conversion() throws {
      let tensor = try Tensor([1.003_906_25, 65504, 1e-3])
      #expect(
        try tensor.converted(to: .bfloat16).values(as: Double.self)
          == [1, 65536, 0.000_999_450_683_593_75])
      #expect(
        try tensor.converted(to: .float16).values(as: Double.self)
          == [1.003_906_25, 65504, 0.001_000_404_357_910_156_2])
    }

    @Test("arithmetic and its gradients")
    func arithmetic() throws {
      let a = try Tensor([1, 2, 3] as [Float])
      let b = try Tensor([4, 5, 6] as [Float])
      try a.requireGradient()
      try b.requireGradient()
      let sum = try a.multiplied(by: b).adding(a).reshaped([3, 1]).sum()
      #expect(try sum.values(as: Float.self) == [38])
      try backward([GradientSeed(sum, [2])])
      #expect(try #require(try a.gradient()).values(as: Float.self) == [10, 12, 14])
      #expect(try #require(try b.gradient()).values(as: Float.self) == [2, 4, 6])
    }

    @Test("a matrix is transposed and split by its columns, with gradients")
    func columns() throws {
      let x = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
      try x.requireGradient()
      let turned = try x.transposed()
      #expect(turned.shape == [3, 2])
      #expect(try turned.values(as: Float.self) == [1, 4, 2, 5, 3, 6])
      let parts = try x.split(widths: [1, 0, 2])
      #expect(parts.map(\.shape) == [[2, 1], [2, 0], [2, 2]])
      #expect(try parts[0].values(as: Float.self) == [1, 4])
      #expect(try parts[2].values(as: Float.self) == [2, 3, 5, 6])
      try backward([
        GradientSeed(turned, [1, 2, 3, 4, 5, 6]), GradientSeed(parts[2], [10, 20, 30, 40]),
      ])
      #expect(try #require(try x.gradient()).values(as: Float.self) == [1, 13, 25, 2, 34, 46])
    }

    @Test("widths that do not add up are refused")
    func columnsThatDoNotFit() throws {
      let x = try Tensor(repeating: 1, shape: [2, 3])
      #expect(throws: EngineError.self) { try x.split(widths: [1, 1]) }
      #expect(throws: EngineError.self) { try x.split(widths: [4, -1]) }
    }

    @Test("normal deviates: the seed decides, and they are normal")
    func deviates() throws {
      func draw(_ seed: UInt64, _ shape: [Int] = [200, 100]) throws -> [Double] {
        try Tensor.normal(mean: 3, deviation: 2, seed: seed, shape: shape).values(as: Double.self)
      }
      let numbers = try draw(5)
      #expect(try draw(5) == numbers)
      #expect(try draw(5, [20_000]) == numbers)
      #expect(try draw(6) != numbers)
      // Neighbouring seeds, too, share nothing: with 20,000 draws the correlation of independent
      // numbers has deviation 0.007, the mean 0.014 and the deviation 0.010. Five of each.
      let other = try draw(6)
      let mean = numbers.reduce(0, +) / 20_000
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
      let covariance = zip(numbers, other).reduce(0) { $0 + ($1.0 - 3) * ($1.1 - 3) } / 20_000
      #expect(abs(mean - 3) < 0.07)
      #expect(abs(variance.squareRoot() - 2) < 0.05)
      #expect(abs(covariance / 4) < 0.035)
      // 2.28% lie beyond two deviations on each side.
      let beyond = Double(numbers.count { $0 > 7 }) / 20_000
      #expect(abs(beyond - 0.0228) < 0.006)
    }
  }
#endif
