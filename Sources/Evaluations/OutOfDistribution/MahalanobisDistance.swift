/// How far a vector lies from a cloud of reference vectors, in the cloud's own deviations:
/// √((x − μ)ᵀ·Σ⁻¹·(x − μ)).
///
/// Fitted on hidden states of the completions that a reward model was trained on, a great distance
/// says that the model scores what it has not seen the like of.
public struct MahalanobisDistance: Sendable, Hashable, Codable {
  /// μ.
  public let mean: [Double]
  /// The α with which the covariance was shrunk.
  public let shrinkage: Double
  private let factor: CholeskyFactor

  /// Fits mean and covariance, the latter divided by n.
  ///
  /// - Parameters:
  ///   - vectors: Reference vectors of equal dimension; at least one, finite.
  ///   - shrinkage: How the covariance is made invertible.
  /// - Throws: ``EvaluationError/singularCovariance(vectors:dimension:)``.
  public init(
    reference vectors: [[Double]], shrinkage: Shrinkage = .ledoitWolf
  ) throws(EvaluationError) {
    guard let dimension = vectors.first?.count else {
      preconditionFailure("a distance needs reference vectors")
    }
    var mean = [Double](repeating: 0, count: dimension)
    for vector in vectors {
      requireSameCount(vector.count, dimension, "dimensions of two vectors")
      requireFinite(vector, "vectors")
      for index in 0..<dimension { mean[index] += vector[index] }
    }
    mean = mean.map { $0 / Double(vectors.count) }
    let centered = vectors.map { vector in zip(vector, mean).map { $0 - $1 } }
    var covariance = Matrix(rows: dimension, columns: dimension)
    for vector in centered { covariance.addOuterProduct(of: vector, times: 1) }
    covariance.scale(by: 1 / Double(vectors.count))
    covariance.mirrorLowerTriangle()
    let alpha = shrinkage.alpha(centered: centered, covariance: covariance)
    let meanVariance =
      (0..<dimension).reduce(0) { $0 + covariance[$1, $1] } / Double(dimension)
    covariance.scale(by: 1 - alpha)
    covariance.addToDiagonal(alpha * meanVariance)
    guard let factor = CholeskyFactor(covariance) else {
      throw .singularCovariance(vectors: vectors.count, dimension: dimension)
    }
    self.mean = mean
    self.shrinkage = alpha
    self.factor = factor
  }

  /// The distance of a vector.
  ///
  /// - Parameter vector: As many numbers as the reference vectors have; finite.
  /// - Returns: At least 0; about √d for a vector of the reference.
  public func distance(of vector: [Double]) -> Double {
    requireSameCount(vector.count, mean.count, "dimensions of a vector and the reference")
    requireFinite(vector, "vectors")
    return factor.whiten(zip(vector, mean).map { $0 - $1 }).reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
