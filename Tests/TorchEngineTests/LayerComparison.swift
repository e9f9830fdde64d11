#if LibTorch
  import Testing

  @testable import TorchEngine

  /// One input of a layer: numbers that float32 and float64 both hold exactly, and their shape.
  struct Sample {
    var values: [Float]
    var shape: [Int]

    init(_ values: [Float], _ shape: [Int]) {
      self.values = values
      self.shape = shape
    }

    /// Normal deviates.
    init(seed: UInt64, _ shape: [Int], mean: Double = 0, deviation: Double = 1) throws {
      values = try Tensor.normal(mean: mean, deviation: deviation, seed: seed, shape: shape)
        .values(as: Float.self)
      self.shape = shape
    }

    func tensor(_ element: ElementType) throws -> Tensor {
      try element == .float64
        ? Tensor(values.map(Double.init), shape: shape) : Tensor(values, shape: shape)
    }
  }

  /// A function of tensors; differentiable by all of them.
  typealias Layer = ([Tensor]) throws -> [Tensor]

  /// What a layer computes, and the gradient of Σ seed · output by each of its inputs.
  struct Evaluation {
    var outputs: [[Double]]
    var gradients: [[Double]]
  }

  /// Runs a layer forward and backward.
  ///
  /// In float32 the engine takes its own kernels, in float64 LibTorch's operations, so that one
  /// layer can be computed in two independent ways.
  func evaluate(_ layer: Layer, _ inputs: [Sample], as element: ElementType) throws -> Evaluation {
    let tensors = try inputs.map { try $0.tensor(element) }
    for tensor in tensors { try tensor.requireGradient() }
    let outputs = try layer(tensors)
    try backward(
      outputs.enumerated().map { try GradientSeed($1, seedValues(count: $1.count, number: $0)) })
    return Evaluation(
      outputs: try outputs.map { try $0.values(as: Double.self) },
      gradients: try tensors.map { try #require(try $0.gradient()).values(as: Double.self) })
  }

  /// Seeds without a pattern that an error could hide behind, between −1 and 1.
  func seedValues(count: Int, number: Int = 0) -> [Double] {
    var random = SplitMix(state: UInt64(number + 1))
    return (0..<count).map { _ in Double(Float(random.unit() * 2 - 1)) }
  }

  /// The largest difference, relative to the largest of the expected numbers. Infinite where the
  /// two do not correspond or one is not a number.
  func deviation(_ seen: [Double], from expected: [Double]) -> Double {
    guard seen.count == expected.count else { return .infinity }
    let largest = expected.reduce(0) { max($0, abs($1)) }
    let differences = zip(seen, expected).map { abs($0 - $1) }
    guard differences.allSatisfy(\.isFinite) else { return .infinity }
    return (differences.max() ?? 0) / (largest == 0 ? 1 : largest)
  }

  /// Checks that a layer's float32 kernel agrees with its float64 composition in value and gradient.
  ///
  /// The tolerance is relative to the largest entry of each array. Single precision rounds to 6e-8;
  /// a sum of n rounded products is off by about √n of that, which for the sums of up to 300 terms
  /// here is 1e-6, and a gradient passes two or three such sums.
  func expectKernelAgrees(
    _ layer: Layer, _ inputs: [Sample], within tolerance: Double = 5e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let fused = try evaluate(layer, inputs, as: .float32)
    let composed = try evaluate(layer, inputs, as: .float64)
    #expect(fused.outputs.count == composed.outputs.count, sourceLocation: sourceLocation)
    for (number, pair) in zip(fused.outputs, composed.outputs).enumerated() {
      let error = deviation(pair.0, from: pair.1)
      #expect(error <= tolerance, "output \(number)", sourceLocation: sourceLocation)
    }
    for (number, pair) in zip(fused.gradients, composed.gradients).enumerated() {
      let error = deviation(pair.0, from: pair.1)
      #expect(error <= tolerance, "gradient \(number)", sourceLocation: sourceLocation)
    }
  }

  /// Checks a layer's float64 gradient against central differences of Σ seed · output.
  ///
  /// With a step of 1e-5 the truncation error is about 1e-10 and the rounding error 1e-16 · |f| /
  /// step, about 1e-10 too; 1e-7 leaves room for larger third derivatives.
  func expectGradientIsTheDerivative(
    _ layer: Layer, _ inputs: [Sample], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let step = 1e-5
    func objective(_ values: [[Double]]) throws -> Double {
      try withoutGradients {
        let tensors = try zip(values, inputs).map { try Tensor($0, shape: $1.shape) }
        var sum = 0.0
        for (number, output) in try layer(tensors).enumerated() {
          let numbers = try output.values(as: Double.self)
          let seeds = seedValues(count: numbers.count, number: number)
          sum += zip(seeds, numbers).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return sum
      }
    }
    let point = inputs.map { $0.values.map(Double.init) }
    let gradients = try evaluate(layer, inputs, as: .float64).gradients
    for (input, gradient) in gradients.enumerated() {
      let differences = try gradient.indices.map { index in
        var above = point
        var below = point
        above[input][index] += step
        below[input][index] -= step
        return try (objective(above) - objective(below))
          / (above[input][index] - below[input][index])
      }
      #expect(
        deviation(gradient, from: differences) <= 1e-7, "input \(input)",
        sourceLocation: sourceLocation)
    }
  }

  /// Steele, Lea & Flood 2014: enough randomness for test data.
  struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    /// A number from 0 up to 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
  }
#endif
