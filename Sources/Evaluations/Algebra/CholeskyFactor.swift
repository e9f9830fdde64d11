/// The lower triangle L of a symmetric positive definite matrix A = L·Lᵀ.
struct CholeskyFactor: Sendable, Hashable, Codable {
  private var lower: Matrix

  /// How many rows the matrix has.
  var dimension: Int { lower.rows }

  /// Factors a symmetric matrix, of which only the lower triangle is read.
  ///
  /// The result is `nil` where the matrix is not positive definite.
  ///
  /// - Parameters:
  ///   - matrix: Square.
  ///   - tolerance: A pivot at most this part of its diagonal entry counts as 0.
  init?(_ matrix: Matrix, tolerance: Double = 1e-12) {
    precondition(matrix.rows == matrix.columns, "only a square matrix has a Cholesky factor")
    let count = matrix.rows
    var lower = matrix.values
    let isDefinite = lower.withUnsafeMutableBufferPointer { lower in
      for row in 0..<count {
        for column in 0...row {
          var sum = lower[row * count + column]
          for inner in 0..<column {
            sum -= lower[row * count + inner] * lower[column * count + inner]
          }
          if row > column {
            lower[row * count + column] = sum / lower[column * count + column]
          } else {
            guard sum > tolerance * abs(lower[row * count + row]), sum.isFinite else {
              return false
            }
            lower[row * count + row] = sum.squareRoot()
          }
        }
      }
      return true
    }
    guard isDefinite else { return nil }
    self.lower = Matrix(rows: count, columns: count)
    for row in 0..<count {
      for column in 0...row { self.lower[row, column] = lower[row * count + column] }
    }
  }

  /// L⁻¹·b, whose squared length is bᵀ·A⁻¹·b.
  func whiten(_ vector: [Double]) -> [Double] {
    var solution = vector
    for row in 0..<dimension {
      var sum = solution[row]
      for column in 0..<row { sum -= lower[row, column] * solution[column] }
      solution[row] = sum / lower[row, row]
    }
    return solution
  }

  /// A⁻¹·b.
  func solve(_ vector: [Double]) -> [Double] {
    var solution = whiten(vector)
    for row in stride(from: dimension - 1, through: 0, by: -1) {
      var sum = solution[row]
      for below in (row + 1)..<max(row + 1, dimension) {
        sum -= lower[below, row] * solution[below]
      }
      solution[row] = sum / lower[row, row]
    }
    return solution
  }

  /// A⁻¹.
  var inverse: Matrix {
    var inverse = Matrix(rows: dimension, columns: dimension)
    for column in 0..<dimension {
      var unit = [Double](repeating: 0, count: dimension)
      unit[column] = 1
      for (row, value) in solve(unit).enumerated() { inverse[row, column] = value }
    }
    return inverse
  }
}
