#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The eigenvalues and eigenvectors of a symmetric matrix, A = V·diag(λ)·Vᵀ, by Jacobi's rotations:
/// each makes one entry beside the diagonal 0, and a few rounds over all entries make all of them so.
///
/// - SeeAlso: Gene H. Golub and Charles F. Van Loan, Matrix Computations, section 8.5.
struct SymmetricEigen {
  /// λ, in no order.
  private(set) var values: [Double]
  /// V: column k is of length 1 and belongs to the k-th eigenvalue.
  private(set) var vectors: Matrix

  /// Decomposes a symmetric matrix.
  init(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "only a square matrix has eigenvalues")
    let count = matrix.rows
    var rest = matrix
    vectors = Matrix(rows: count, columns: count)
    vectors.addToDiagonal(1)
    let square = matrix.values.reduce(0) { $0 + $1 * $1 }
    // The entries beside the diagonal shrink quadratically: six to ten rounds, whatever the size.
    for _ in 0..<50 {
      var beside = 0.0
      for row in 0..<count {
        for column in 0..<row { beside += rest[row, column] * rest[row, column] }
      }
      guard beside > 1e-32 * square else { break }
      for row in 0..<count {
        for column in 0..<row where rest[row, column] != 0 {
          let angle = Self.rotation(rest, row, column)
          rest.rotateColumns(row, column, by: angle)
          rest.rotateRows(row, column, by: angle)
          vectors.rotateColumns(row, column, by: angle)
        }
      }
    }
    values = (0..<count).map { rest[$0, $0] }
  }

  /// The smaller of the two angles that make entry (p, q) 0: cot 2θ = (a_qq − a_pp)/(2·a_pq).
  private static func rotation(
    _ matrix: Matrix, _ p: Int, _ q: Int
  ) -> (cosine: Double, sine: Double) {
    let cotangent = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q])
    let tangent = (cotangent < 0 ? -1 : 1) / (abs(cotangent) + hypot(cotangent, 1))
    let cosine = 1 / hypot(tangent, 1)
    return (cosine, tangent * cosine)
  }
}

extension Matrix {
  fileprivate mutating func rotateColumns(
    _ p: Int, _ q: Int, by angle: (cosine: Double, sine: Double)
  ) {
    for row in 0..<rows {
      let (one, other) = (self[row, p], self[row, q])
      self[row, p] = angle.cosine * one - angle.sine * other
      self[row, q] = angle.sine * one + angle.cosine * other
    }
  }

  fileprivate mutating func rotateRows(
    _ p: Int, _ q: Int, by angle: (cosine: Double, sine: Double)
  ) {
    for column in 0..<columns {
      let (one, other) = (self[p, column], self[q, column])
      self[p, column] = angle.cosine * one - angle.sine * other
      self[q, column] = angle.sine * one + angle.cosine * other
    }
  }
}
