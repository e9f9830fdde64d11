extension TransformerConfiguration {
  /// The number of weights of a model of this shape.
  public var parameterCount: Int {
    WeightMapping(self).slots.reduce(0) { $0 + $1.shape.reduce(1, *) }
  }

  /// The number of weights without a projection onto the vocabulary of its own: what gives hidden
  /// states.
  public var featureParameterCount: Int {
    WeightMapping(self, output: .nothing).slots.reduce(0) { $0 + $1.shape.reduce(1, *) }
  }

  /// What a forward pass of a model of this shape costs.
  public var forwardCost: ForwardCost {
    let projections = WeightMapping(self).slots.reduce(0) { sum, slot in
      guard case .layer = slot.module, slot.shape.count == 2 else { return sum }
      return sum + slot.shape[0] * slot.shape[1]
    }
    return ForwardCost(
      perToken: 2 * Double(projections), perScoredToken: 2 * Double(vocabularySize * width),
      perAttendedToken: 4 * Double(layers * heads * headWidth))
  }
}

/// Additions and multiplications of a forward pass; a backward pass takes twice as many.
///
/// A matrix product of [m, k] by [k, n] is 2 m k n. Normalizations and activations are left out: they
/// are a hundredth, and cost memory traffic rather than arithmetic.
public struct ForwardCost: Equatable, Sendable {
  /// The projections of all layers.
  let perToken: Double
  /// The projection onto the vocabulary.
  let perScoredToken: Double
  /// A query's product with one key, and the share of one value.
  let perAttendedToken: Double

  /// The operations of one batch.
  ///
  /// - Parameters:
  ///   - tokens: Rows of the packed batch.
  ///   - scoredTokens: Rows that go through the vocabulary projection.
  ///   - attendedTokens: Over all rows, the sum of the tokens that each of them sees.
  /// - Returns: Floating-point operations.
  public func operations(tokens: Int, scoredTokens: Int, attendedTokens: Int) -> Double {
    perToken * Double(tokens) + perScoredToken * Double(scoredTokens)
      + perAttendedToken * Double(attendedTokens)
  }
}
