/// The mean and the covariance of vectors.
public struct GaussianMoments: Sendable, Hashable, Codable {
  /// The mean.
  public let mean: [Double]
  let covariance: Matrix

  /// Known moments.
  ///
  /// - Parameters:
  ///   - mean: Finite numbers.
  ///   - covariance: Rows of a symmetric matrix without negative eigenvalues, finite, of as many rows
  ///     and columns as the mean has entries.
  public init(mean: [Double], covariance: [[Double]]) {
    requireFinite(mean, "the mean")
    requireSameCount(covariance.count, mean.count, "rows of the covariance and entries of the mean")
    var matrix = Matrix(rows: mean.count, columns: mean.count)
    for (row, entries) in covariance.enumerated() {
      requireSameCount(
        entries.count, mean.count, "columns of the covariance and entries of the mean")
      requireFinite(entries, "the covariance")
      for (column, entry) in entries.enumerated() {
        precondition(entry == covariance[column][row], "a covariance is symmetric")
        matrix[row, column] = entry
      }
    }
    self.mean = mean
    self.covariance = matrix
  }

  /// The moments of a sample, the covariance divided by n − 1.
  ///
  /// The result is `nil` for fewer than two vectors.
  ///
  /// - Parameter vectors: Of equal dimension; finite.
  public init?(_ vectors: [[Double]]) {
    let vectors = PooledVectors(reference: vectors, current: [])
    guard vectors.rows.count > 1 else { return nil }
    self.init(vectors.rows[...], dimension: vectors.dimension)
  }

  /// The moments of at least two vectors that were checked.
  init(_ vectors: some Collection<[Double]>, dimension: Int) {
    var mean = [Double](repeating: 0, count: dimension)
    for vector in vectors {
      for index in 0..<dimension { mean[index] += vector[index] }
    }
    mean = mean.map { $0 / Double(vectors.count) }
    var covariance = Matrix(rows: dimension, columns: dimension)
    for vector in vectors {
      covariance.addOuterProduct(of: zip(vector, mean).map { $0 - $1 }, times: 1)
    }
    covariance.scale(by: 1 / Double(vectors.count - 1))
    covariance.mirrorLowerTriangle()
    self.mean = mean
    self.covariance = covariance
  }
}
