extension TransformerConfiguration {
  /// The number of weights of a model of this shape.
  public var parameterCount: Int {
    WeightMapping(self).slots.reduce(0) { $0 + $1.shape.reduce(1, *) }
  }

  /// Additions and multiplications of one forward pass; a backward pass takes twice as many.
  ///
  /// A matrix product of [m, k] by [k, n] is 2 m k n. Normalizations and activations are left out: they
  /// are a hundredth, and cost memory traffic rather than arithmetic.
  ///
  /// - Parameters:
  ///   - tokens: Rows of the packed batch.
  ///   - scoredTokens: Rows that go through the vocabulary projection.
  ///   - attendedTokens: Over all rows, the sum of the tokens that each of them sees.
  /// - Returns: Floating-point operations.
  public func forwardOperations(
    tokens: Int, scoredTokens: Int, attendedTokens: Int
  ) -> Double {
    let projections = WeightMapping(self).slots.reduce(0) { sum, slot in
      if case .layer = slot.module, slot.shape.count == 2 {
        sum + slot.shape[0] * slot.shape[1]
      } else {
        sum
      }
    }
    let attention = 2 * layers * heads * headWidth
    return 2 * Double(projections) * Double(tokens)
      + 2 * Double(vocabularySize * width) * Double(scoredTokens)
      + 2 * Double(attention) * Double(attendedTokens)
  }
}
