#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The angles by which positions turn queries and keys (Su et al. 2021, section 3.2.2), with the
/// ways of stretching them to longer contexts.
public struct RotaryEmbedding: Equatable, Sendable {
  /// How frequencies are changed for contexts longer than those of pre-training.
  public enum Scaling: Equatable, Sendable {
    /// As pre-trained.
    case none
    /// All frequencies divided by a factor (Chen et al. 2023).
    case linear(factor: Double)
    /// Low frequencies divided, high ones kept, those between interpolated (Llama 3.1).
    case llama3(
      factor: Double, lowFrequencyFactor: Double, highFrequencyFactor: Double, originalContext: Int)
  }

  /// θ, the base of the frequencies.
  public var base: Double
  /// The change for longer contexts.
  public var scaling: Scaling

  /// Describes the angles.
  ///
  /// - Parameters:
  ///   - base: θ, the base of the frequencies.
  ///   - scaling: The change for longer contexts.
  public init(base: Double, scaling: Scaling = .none) {
    self.base = base
    self.scaling = scaling
  }

  /// The angle a step of one position turns each coordinate pair, in radians: θ^(−2i/d), scaled.
  ///
  /// Single precision, as in the training code that the weights come from.
  ///
  /// - Parameter headWidth: d.
  /// - Returns: d/2 frequencies, the fastest first.
  public func frequencies(headWidth: Int) -> [Float] {
    (0..<headWidth / 2).map { pair in
      scaled(Float(pow(base, -Double(2 * pair) / Double(headWidth))))
    }
  }

  private func scaled(_ frequency: Float) -> Float {
    switch scaling {
    case .none:
      return frequency
    case .linear(let factor):
      return frequency / Float(factor)
    case .llama3(let factor, let low, let high, let context):
      let wavelength = 2 * Double.pi / Double(frequency)
      if wavelength > Double(context) / low { return frequency / Float(factor) }
      if wavelength < Double(context) / high { return frequency }
      let smooth = (Double(context) / wavelength - low) / (high - low)
      return Float((1 - smooth) * Double(frequency) / factor + smooth * Double(frequency))
    }
  }

  /// Cosines and sines of each position's angles, row by row: [positions, d/2].
  func table(positions: [Int], headWidth: Int) -> (cosine: [Float], sine: [Float]) {
    let frequencies = frequencies(headWidth: headWidth)
    let count = (positions.max() ?? -1) + 1
    // Positions repeat in a batch; each is computed once.
    var cosines = [Float](repeating: 0, count: count * frequencies.count)
    var sines = cosines
    for position in 0..<count {
      for (pair, frequency) in frequencies.enumerated() {
        let angle = Float(position) * frequency
        cosines[position * frequencies.count + pair] = cos(angle)
        sines[position * frequencies.count + pair] = sin(angle)
      }
    }
    func gathered(_ table: [Float]) -> [Float] {
      var result: [Float] = []
      result.reserveCapacity(positions.count * frequencies.count)
      for position in positions {
        result += table[position * frequencies.count..<(position + 1) * frequencies.count]
      }
      return result
    }
    return (gathered(cosines), gathered(sines))
  }
}
