/// A dense matrix of numbers, row after row.
struct Matrix: Sendable, Hashable, Codable {
  let rows: Int
  let columns: Int
  private(set) var values: [Double]

  /// A matrix of zeros.
  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    values = [Double](repeating: 0, count: rows * columns)
  }

  /// The entry at a row and a column, both from 0.
  subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Adds a number to each entry of the diagonal.
  mutating func addToDiagonal(_ number: Double) {
    for index in 0..<min(rows, columns) { self[index, index] += number }
  }

  /// Adds a number to every entry.
  mutating func addToAll(_ number: Double) {
    for index in values.indices { values[index] += number }
  }

  /// Adds w·x·xᵀ to the lower triangle.
  mutating func addOuterProduct(of vector: [Double], times weight: Double) {
    values.withUnsafeMutableBufferPointer { values in
      vector.withUnsafeBufferPointer { vector in
        for row in 0..<rows where vector[row] != 0 {
          let factor = weight * vector[row]
          let start = row * columns
          for column in 0...row { values[start + column] += factor * vector[column] }
        }
      }
    }
  }

  /// Copies the lower triangle onto the upper.
  mutating func mirrorLowerTriangle() {
    for row in 0..<rows {
      for column in 0..<row { self[column, row] = self[row, column] }
    }
  }

  /// Multiplies every entry.
  mutating func scale(by factor: Double) {
    for index in values.indices { values[index] *= factor }
  }

  /// Replaces every entry.
  mutating func map(_ transform: (Double) -> Double) {
    for index in values.indices { values[index] = transform(values[index]) }
  }

  /// Rows as columns.
  var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// The product with a matrix of as many rows as this has columns.
  func times(_ other: Matrix) -> Matrix {
    precondition(columns == other.rows, "\(columns) columns times \(other.rows) rows")
    var result = Matrix(rows: rows, columns: other.columns)
    for row in 0..<rows {
      for inner in 0..<columns {
        let factor = self[row, inner]
        for column in 0..<other.columns { result[row, column] += factor * other[inner, column] }
      }
    }
    return result
  }
}
