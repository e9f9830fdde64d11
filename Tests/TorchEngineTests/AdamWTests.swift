#if LibTorch
  import Testing

  @testable import TorchEngine

  @Suite("AdamW")
  struct AdamWTests {
    /// Loshchilov & Hutter 2019, algorithm 2, one number at a time.
    struct Reference {
      var weight: Double
      var decay: Double
      var first = 0.0
      var second = 0.0
      var step = 0.0

      mutating func update(gradient: Double, rate: Double) {
        step += 1
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient * gradient
        let mean = first / (1 - power(0.9, step))
        let square = second / (1 - power(0.99, step))
        weight -= rate * decay * weight
        weight -= rate * mean / (square.squareRoot() + 1e-8)
      }

      private func power(_ base: Double, _ count: Double) -> Double {
        (0..<Int(count)).reduce(1) { product, _ in product * base }
      }
    }

    @Test("three steps by hand: decay on matrices alone, moments corrected for their start")
    func threeSteps() throws {
      let matrix = try Tensor([1.0, -2, 0.5, 3], shape: [2, 2])
      let bias = try Tensor([0.25, -1.0])
      let optimizer = try optimizer(decayed: [matrix], plain: [bias])
      var expected = [1.0, -2, 0.5, 3].map { Reference(weight: $0, decay: 0.1) }
      expected += [0.25, -1].map { Reference(weight: $0, decay: 0) }
      let gradients = [
        [0.5, -1, 2, 0.1, 4, -0.3], [0.4, 0, -2, 0.2, 1, 0.3], [-7, 1e-4, 0, 0.3, -5, 0.1],
      ]
      for (gradient, rate) in zip(gradients, [0.1, 0.05, 0.025]) {
        try setGradient(of: matrix, Array(gradient[..<4]))
        try setGradient(of: bias, Array(gradient[4...]))
        try optimizer.update(learningRate: rate)
        for index in expected.indices {
          expected[index].update(gradient: gradient[index], rate: rate)
        }
        let seen = try matrix.values(as: Double.self) + bias.values(as: Double.self)
        #expect(deviation(seen, from: expected.map(\.weight)) < 1e-12)
        #expect(try matrix.gradient() == nil)
        #expect(try bias.gradient() == nil)
      }
      // The first step is the sign of the gradient times the rate, whatever the gradient's size:
      // 0.25 − 0.1, −1 + 0.1, and −2 (1 − 0.1 · 0.1) + 0.1.
      #expect(abs(firstStep(weight: 0.25, gradient: 4, decay: 0) - 0.15) < 1e-8)
      #expect(abs(firstStep(weight: -2, gradient: -1, decay: 0.1) - (-1.88)) < 1e-7)
    }

    @Test("single precision follows")
    func singlePrecision() throws {
      let weights = try Tensor([1, -2, 0.5] as [Float], shape: [1, 3])
      let optimizer = try optimizer(decayed: [weights], plain: [])
      var expected = [1.0, -2, 0.5].map { Reference(weight: $0, decay: 0.1) }
      for gradient in [[0.5, -1, 2], [0.25, 0.5, -1], [1, 0, 3]] {
        try setGradient(of: weights, gradient)
        try optimizer.update(learningRate: 0.01)
        for index in expected.indices {
          expected[index].update(gradient: gradient[index], rate: 0.01)
        }
      }
      #expect(deviation(try weights.values(as: Double.self), from: expected.map(\.weight)) < 1e-6)
    }

    @Test("the gradient norm is taken over all parameters that have a gradient")
    func gradientNorm() throws {
      let a = try Tensor(repeating: 0, shape: [2, 1])
      let b = try Tensor(repeating: 0, shape: [1])
      let without = try Tensor(repeating: 0, shape: [3])
      let optimizer = try optimizer(decayed: [a], plain: [b, without])
      #expect(try optimizer.gradientNorm() == 0)
      try setGradient(of: a, [2, 3])
      try setGradient(of: b, [6])
      #expect(abs(try optimizer.gradientNorm() - 7) < 1e-6)
      try setGradient(of: b, [.nan])
      #expect(try optimizer.gradientNorm().isNaN)
    }

    @Test("a gradient scale is the same as smaller gradients", arguments: [0.25, 1 / 3.0, 1e-3])
    func clipping(_ scale: Double) throws {
      func trained(_ factor: Double, scale: Double) throws -> [Double] {
        let weights = try Tensor([1.0, -2], shape: [1, 2])
        let optimizer = try optimizer(decayed: [weights], plain: [])
        for gradient in [[30.0, -4], [5, 60]] {
          try setGradient(of: weights, gradient.map { $0 * factor })
          try optimizer.update(learningRate: 0.1, gradientScale: scale)
        }
        return try weights.values(as: Double.self)
      }
      // The scale crosses as a float32, of 6e-8.
      let expected = try trained(scale, scale: 1)
      #expect(deviation(try trained(1, scale: scale), from: expected) < 1e-7)
    }

    @Test("a parameter without a gradient is left as it is, decay and all")
    func untouched() throws {
      let used = try Tensor([1.0], shape: [1, 1])
      let unused = try Tensor([1.0], shape: [1, 1])
      let optimizer = try optimizer(decayed: [used, unused], plain: [])
      try setGradient(of: used, [1])
      try optimizer.update(learningRate: 0.1)
      #expect(try unused.values(as: Double.self) == [1])
      #expect(try used.values(as: Double.self) != [1])
    }

    @Test("another optimizer goes on from the moments and the count of steps, bit for bit")
    func resumed() throws {
      let gradients = [[30.0, -4], [5, 60], [-1, 2], [0.5, 0.25]]
      func train(resumingAfter steps: Int) throws -> [Double] {
        let matrix = try Tensor([2.0], shape: [1, 1])
        let bias = try Tensor([-1.0], shape: [1])
        var optimizer = try optimizer(decayed: [matrix], plain: [bias])
        for (step, gradient) in gradients.enumerated() {
          if step == steps {
            let earlier = optimizer
            optimizer = try self.optimizer(decayed: [matrix], plain: [bias])
            optimizer.resume(after: earlier.step, moments: earlier.moments)
            #expect(optimizer.step == steps)
          }
          try setGradient(of: matrix, [gradient[0]])
          try setGradient(of: bias, [gradient[1]])
          try optimizer.update(learningRate: 0.1)
        }
        return try matrix.values(as: Double.self) + bias.values(as: Double.self)
      }
      let whole = try train(resumingAfter: gradients.count)
      #expect(try train(resumingAfter: 2) == whole)
    }

    private func firstStep(weight: Double, gradient: Double, decay: Double) -> Double {
      var reference = Reference(weight: weight, decay: decay)
      reference.update(gradient: gradient, rate: 0.1)
      return reference.weight
    }

    private func optimizer(decayed: [Tensor], plain: [Tensor]) throws -> AdamW {
      try AdamW(
        decayed: decayed, plain: plain, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8)
    }

    private func setGradient(of tensor: Tensor, _ values: [Double]) throws {
      try tensor.clearGradient()
      try tensor.requireGradient()
      try backward([GradientSeed(tensor.reshaped([-1]), values)])
    }
  }
#endif
