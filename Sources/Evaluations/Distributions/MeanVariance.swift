/// By what the sum of squared deviations is divided.
public enum VarianceEstimator: Sendable, Hashable {
  /// By n: the variance of exactly these numbers.
  case population
  /// By n − 1: an unbiased guess at the variance of what they were drawn from.
  case sample
}

/// Mean and variance of numbers that come one at a time (Welford 1962), and of several such streams
/// together.
///
/// - SeeAlso: B. P. Welford, Note on a Method for Calculating Corrected Sums of Squares and
///   Products, Technometrics 4 (1962); Tony F. Chan et al. (1979) for the union of two.
public struct MeanVariance: Sendable, Hashable {
  /// How many numbers were seen.
  public private(set) var count = 0
  private var center = 0.0
  private var squares = 0.0

  /// Nothing seen yet.
  public init() {}

  /// Sees all of some numbers.
  ///
  /// - Parameter values: Finite numbers.
  public init(_ values: [Double]) {
    self.init(values[...])
  }

  init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Sees one more number.
  ///
  /// - Parameter value: A finite number.
  public mutating func add(_ value: Double) {
    requireFinite(CollectionOfOne(value), "values")
    count += 1
    let shift = value - center
    center += shift / Double(count)
    squares += shift * (value - center)
  }

  /// Sees all that another has seen.
  ///
  /// - Parameter other: What was computed of another part of the numbers.
  public mutating func add(_ other: MeanVariance) {
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let shift = other.center - center
    squares += other.squares + shift * shift * Double(count) * Double(other.count) / total
    center += shift * Double(other.count) / total
    count += other.count
  }

  /// Σx/n; `nil` for no numbers.
  public var mean: Double? { count > 0 ? center : nil }

  /// Σ(x − mean)² divided as the estimator says.
  ///
  /// - Parameter estimator: By n or by n − 1.
  /// - Returns: `nil` where the divisor is not positive.
  public func variance(_ estimator: VarianceEstimator) -> Double? {
    switch estimator {
    case .population: count > 0 ? squares / Double(count) : nil
    case .sample: count > 1 ? squares / Double(count - 1) : nil
    }
  }

  /// The square root of the variance.
  ///
  /// - Parameter estimator: By n or by n − 1.
  /// - Returns: `nil` where the variance is undefined.
  public func deviation(_ estimator: VarianceEstimator) -> Double? {
    variance(estimator)?.squareRoot()
  }

  /// The standard error of the mean, √(s²/n); `nil` for fewer than two numbers.
  public var standardError: Double? {
    variance(.sample).map { ($0 / Double(count)).squareRoot() }
  }
}
