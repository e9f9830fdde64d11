/// The mean and the deviation of a quantity while all was in order, in whose units later values are
/// watched.
public struct ReferenceScale: Sendable, Hashable, Codable {
  /// The mean.
  public let mean: Double
  /// The deviation, above 0.
  public let deviation: Double

  /// A known scale.
  ///
  /// - Parameters:
  ///   - mean: Finite.
  ///   - deviation: Above 0, finite.
  public init(mean: Double, deviation: Double) {
    requireFinite([mean, deviation], "mean and deviation")
    precondition(deviation > 0, "a deviation of \(deviation), but it is above 0")
    self.mean = mean
    self.deviation = deviation
  }

  /// The scale of a reference, its deviation by n − 1.
  ///
  /// What is not known of the scale is taken for a change later: with 50 values, its mean is off by a
  /// seventh of a deviation. The result is `nil` where no two numbers differ.
  ///
  /// - Parameter reference: Finite numbers.
  public init?(_ reference: [Double]) {
    let moments = MeanVariance(reference)
    guard let mean = moments.mean, let deviation = moments.deviation(.sample), deviation > 0 else {
      return nil
    }
    self.init(mean: mean, deviation: deviation)
  }

  /// (x − mean)/deviation.
  func standardized(_ value: Double) -> Double {
    requireFinite(CollectionOfOne(value), "values")
    return (value - mean) / deviation
  }
}
