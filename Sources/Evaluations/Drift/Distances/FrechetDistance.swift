public import PreferenceData

/// How far two samples of vectors lie apart by their means and covariances alone, as though both were
/// normal:
///
///     ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2·(Σ₁·Σ₂)^½)
///
/// It takes the cube of the dimension in time, in each round of its test too.
///
/// - SeeAlso: D. C. Dowson and B. V. Landau, The Fréchet Distance Between Multivariate Normal
///   Distributions, Journal of Multivariate Analysis 12 (1982).
public struct FrechetDistance: Sendable, Hashable {
  /// The squared distance, at least 0. That of samples is too great on average, the more the fewer
  /// vectors they have.
  public let value: Double
  private let vectors: PooledVectors

  /// Compares two samples.
  ///
  /// The result is `nil` where a sample has fewer than two vectors.
  ///
  /// - Parameters:
  ///   - reference: Vectors of equal dimension; finite.
  ///   - current: Vectors of the same dimension; finite.
  public init?(reference: [[Double]], current: [[Double]]) {
    let vectors = PooledVectors(reference: reference, current: current)
    guard reference.count > 1 && current.count > 1 else { return nil }
    self.vectors = vectors
    value = Self.between(
      GaussianMoments(reference, dimension: vectors.dimension),
      GaussianMoments(current, dimension: vectors.dimension))
  }

  /// The probability of at least this distance without drift, by exchange of rows.
  ///
  /// - Parameters:
  ///   - rounds: How often rows are exchanged.
  ///   - random: The source of the exchanges; it is advanced.
  /// - Returns: From 1/(rounds + 1) to 1.
  public func pValue(rounds: Int = 999, using random: inout SeededGenerator) -> Double {
    let count = vectors.referenceCount
    return PermutationTest(rounds: rounds).pValue(
      reference: count, current: vectors.currentCount, using: &random
    ) { order in
      let (first, second) = (order.prefix(count), order.dropFirst(count))
      return Self.between(
        GaussianMoments(first.map { vectors.rows[$0] }, dimension: vectors.dimension),
        GaussianMoments(second.map { vectors.rows[$0] }, dimension: vectors.dimension))
    }
  }

  /// The squared distance of normal distributions.
  ///
  /// - Parameters:
  ///   - one: The moments of one.
  ///   - other: The moments of the other, of the same dimension.
  /// - Returns: At least 0.
  public static func between(_ one: GaussianMoments, _ other: GaussianMoments) -> Double {
    requireSameCount(one.mean.count, other.mean.count, "dimensions of two distributions")
    let shift = zip(one.mean, other.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let traces = one.mean.indices.reduce(0) {
      $0 + one.covariance[$1, $1] + other.covariance[$1, $1]
    }
    return max(0, shift + traces - 2 * rootTrace(one.covariance, other.covariance))
  }

  /// tr (Σ₁·Σ₂)^½: with Σ₁ = V·Λ·Vᵀ, the product has the eigenvalues of the symmetric matrix
  /// Λ^½·Vᵀ·Σ₂·V·Λ^½.
  private static func rootTrace(_ one: Matrix, _ other: Matrix) -> Double {
    let eigen = SymmetricEigen(one)
    var half = eigen.vectors
    for column in 0..<half.columns {
      // Rounding makes an eigenvalue of 0 a little less.
      let root = max(0, eigen.values[column]).squareRoot()
      for row in 0..<half.rows { half[row, column] *= root }
    }
    let product = half.transposed.times(other).times(half)
    return SymmetricEigen(product).values.reduce(0) { $0 + max(0, $1).squareRoot() }
  }
}
