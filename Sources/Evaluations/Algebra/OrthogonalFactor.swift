/// The factors of A = Q·R with Q orthonormal and R upper triangular, by Householder's reflections.
struct OrthogonalFactor {
  /// Column k holds the k-th reflection from row k on.
  private var reflections: [[Double]]
  private var upper: Matrix

  /// Factors a matrix given by its columns.
  ///
  /// The result is `nil` where the columns are not independent, or longer than they are many.
  init?(columns: [[Double]], tolerance: Double = 1e-10) {
    let (count, rows) = (columns.count, columns.first?.count ?? 0)
    guard rows >= count else { return nil }
    var columns = columns
    reflections = []
    upper = Matrix(rows: count, columns: count)
    for index in 0..<count {
      let norm = Self.norm(columns[index][...])
      let rest = Self.norm(columns[index][index...])
      // What is left of a column after those before it explain all they can.
      guard rest > tolerance * norm else { return nil }
      var reflection = columns[index]
      for row in 0..<index { reflection[row] = 0 }
      // The sign that adds instead of cancelling.
      let pivot = reflection[index] > 0 ? -rest : rest
      reflection[index] -= pivot
      let length = Self.norm(reflection[...])
      for row in index..<rows { reflection[row] /= length }
      for later in (index + 1)..<max(index + 1, count) {
        Self.reflect(&columns[later], at: reflection, from: index)
      }
      for row in 0..<index { upper[row, index] = columns[index][row] }
      upper[index, index] = pivot
      reflections.append(reflection)
    }
  }

  /// The x that minimizes |A·x − b|.
  func solve(_ response: [Double]) -> [Double] {
    var rotated = response
    for (index, reflection) in reflections.enumerated() {
      Self.reflect(&rotated, at: reflection, from: index)
    }
    return backSubstitute(rotated)
  }

  /// The diagonal of (AᵀA)⁻¹ = R⁻¹·R⁻ᵀ: squared lengths of the rows of R⁻¹.
  var inverseDiagonal: [Double] {
    var diagonal = [Double](repeating: 0, count: upper.rows)
    for column in 0..<upper.rows {
      var unit = [Double](repeating: 0, count: upper.rows)
      unit[column] = 1
      for (row, value) in backSubstitute(unit).enumerated() { diagonal[row] += value * value }
    }
    return diagonal
  }

  private func backSubstitute(_ right: [Double]) -> [Double] {
    var solution = Array(right.prefix(upper.rows))
    for row in stride(from: upper.rows - 1, through: 0, by: -1) {
      for column in (row + 1)..<max(row + 1, upper.rows) {
        solution[row] -= upper[row, column] * solution[column]
      }
      solution[row] /= upper[row, row]
    }
    return solution
  }

  /// x − 2·v·(v·x), for a v of length 1 that is 0 before `start`.
  private static func reflect(_ vector: inout [Double], at mirror: [Double], from start: Int) {
    var product = 0.0
    for row in start..<vector.count { product += mirror[row] * vector[row] }
    for row in start..<vector.count { vector[row] -= 2 * product * mirror[row] }
  }

  private static func norm(_ vector: ArraySlice<Double>) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
