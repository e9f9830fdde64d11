/// Numbers in ascending order, and their quantiles.
public struct SortedSample: Sendable, Hashable {
  /// The numbers, ascending.
  public let values: [Double]

  /// Sorts numbers.
  ///
  /// - Parameter values: Finite, in any order.
  public init(_ values: [Double]) {
    requireFinite(values, "values")
    self.values = values.sorted()
  }

  /// The quantile of Hyndman and Fan's type 7, as NumPy and R have it: linear between the values at
  /// ranks ⌊h⌋ and ⌊h⌋ + 1, from 0, with h = p·(n − 1).
  ///
  /// - Parameter probability: From 0, the minimum, to 1, the maximum.
  /// - Returns: `nil` for no values.
  /// - SeeAlso: Rob J. Hyndman and Yanan Fan, Sample Quantiles in Statistical Packages, The
  ///   American Statistician 50 (1996).
  public func quantile(_ probability: Double) -> Double? {
    precondition((0...1).contains(probability), "the quantile of probability \(probability)")
    guard let last = values.last else { return nil }
    let rank = probability * Double(values.count - 1)
    let below = Int(rank)
    guard below + 1 < values.count else { return last }
    let part = rank - Double(below)
    return values[below] + part * (values[below + 1] - values[below])
  }

  /// The middle value, or the mean of the two middle ones; `nil` for no values.
  public var median: Double? { quantile(0.5) }
}
