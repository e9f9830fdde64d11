/// The sum of squares of independent standard normal numbers.
public struct ChiSquareDistribution: Sendable, Hashable {
  /// How many squares are added.
  public let degreesOfFreedom: Int

  /// A distribution.
  ///
  /// - Parameter degreesOfFreedom: At least 1.
  public init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(X > x) = Q(k/2, x/2).
  ///
  /// - Parameter value: x; below 0 the probability is 1.
  /// - Returns: From 0 to 1.
  public func upperTail(_ value: Double) -> Double {
    IncompleteGamma.upper(Double(degreesOfFreedom) / 2, max(0, value) / 2)
  }

  /// The x with P(X ≤ x) = p, by halving an interval until nothing lies between its ends.
  ///
  /// - Parameter probability: p, from 0 to below 1.
  /// - Returns: At least 0.
  public func quantile(_ probability: Double) -> Double {
    precondition(0 <= probability && probability < 1, "the quantile of probability \(probability)")
    var (lower, upper) = (0.0, Double(degreesOfFreedom))
    while upperTail(upper) > 1 - probability { upper *= 2 }
    while true {
      let middle = (lower + upper) / 2
      guard lower < middle && middle < upper else { return probability == 0 ? 0 : middle }
      if upperTail(middle) > 1 - probability { lower = middle } else { upper = middle }
    }
  }
}
