/// How far a sample covariance S is drawn towards a multiple of the identity,
/// (1 − α)·S + α·(tr S/d)·1, since S of few vectors is singular or nearly so.
public enum Shrinkage: Sendable, Hashable {
  /// The α that loses least in expectation (Ledoit & Wolf 2004), estimated from the vectors.
  case ledoitWolf
  /// A given α, from 0 for S itself to 1 for a sphere.
  case fixed(Double)

  /// α for centred vectors and their covariance.
  ///
  /// With δ² = |S − μ·1|² and β² = (Σₖ|xₖxₖᵀ − S|²)/n², α = min(β², δ²)/δ². The sum is
  /// Σₖ|xₖ|⁴ − n·|S|², which takes no d by d matrix for each vector.
  func alpha(centered vectors: [[Double]], covariance: Matrix) -> Double {
    switch self {
    case .fixed(let alpha):
      precondition((0...1).contains(alpha), "a shrinkage of \(alpha), but it is from 0 to 1")
      return alpha
    case .ledoitWolf:
      let count = Double(vectors.count)
      let dimension = Double(covariance.rows)
      let trace = (0..<covariance.rows).reduce(0) { $0 + covariance[$1, $1] }
      let square = covariance.values.reduce(0) { $0 + $1 * $1 }
      let distance = square - trace * trace / dimension
      let fourth = vectors.reduce(0) { sum, vector in
        let length = vector.reduce(0) { $0 + $1 * $1 }
        return sum + length * length
      }
      let spread = (fourth / count - square) / count
      return distance > 0 ? max(0, min(1, spread / distance)) : 1
    }
  }
}
