public import PreferenceData

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far the means of two samples of vectors lie apart in the space of a Gaussian kernel, which
/// sees any difference of their distributions: the unbiased estimate of the squared distance,
///
///     MMD² = Σ_{i≠j} k(xᵢ, xⱼ)/(n(n − 1)) + Σ_{i≠j} k(yᵢ, yⱼ)/(m(m − 1)) − 2·Σ k(xᵢ, yⱼ)/(n·m)
///
/// with k(x, y) = exp(−γ·|x − y|²). It keeps the kernel of all pairs, (n + m)² numbers.
///
/// - SeeAlso: Arthur Gretton et al., A Kernel Two-Sample Test, JMLR 13 (2012), equation 3.
public struct MaximumMeanDiscrepancy: Sendable, Hashable {
  /// MMD²; without drift its mean is 0, so that it may be below.
  public let value: Double
  /// γ.
  public let gamma: Double
  private let kernel: Matrix
  private let referenceCount: Int

  /// Compares two samples.
  ///
  /// The result is `nil` where a sample has fewer than two vectors, or all vectors are equal and no
  /// γ is given.
  ///
  /// - Parameters:
  ///   - reference: Vectors of equal dimension; finite.
  ///   - current: Vectors of the same dimension; finite.
  ///   - gamma: γ, above 0; `nil` for 1/median², of the distances of all vectors that differ.
  public init?(reference: [[Double]], current: [[Double]], gamma: Double? = nil) {
    precondition(gamma.map { $0 > 0 && $0.isFinite } ?? true, "γ is above 0")
    let vectors = PooledVectors(reference: reference, current: current)
    guard reference.count > 1 && current.count > 1 else { return nil }
    var kernel = Self.squaredDistances(vectors.rows)
    guard let gamma = gamma ?? Self.medianHeuristic(kernel) else { return nil }
    kernel.map { exp(-gamma * $0) }
    self.gamma = gamma
    self.kernel = kernel
    referenceCount = reference.count
    let sums = Self.sums(kernel)
    value = Self.value(kernel, sums, reference: Array(0..<reference.count))
  }

  /// The probability of at least this value without drift, by exchange of rows of the same kernel.
  ///
  /// - Parameters:
  ///   - rounds: How often rows are exchanged.
  ///   - random: The source of the exchanges; it is advanced.
  /// - Returns: From 1/(rounds + 1) to 1.
  public func pValue(rounds: Int = 999, using random: inout SeededGenerator) -> Double {
    let sums = Self.sums(kernel)
    return PermutationTest(rounds: rounds).pValue(
      reference: referenceCount, current: kernel.rows - referenceCount, using: &random
    ) { order in
      Self.value(kernel, sums, reference: Array(order.prefix(referenceCount)))
    }
  }

  private static func squaredDistances(_ rows: [[Double]]) -> Matrix {
    var squares = Matrix(rows: rows.count, columns: rows.count)
    for row in rows.indices {
      for column in 0..<row {
        var sum = 0.0
        for (one, other) in zip(rows[row], rows[column]) { sum += (one - other) * (one - other) }
        squares[row, column] = sum
      }
    }
    squares.mirrorLowerTriangle()
    return squares
  }

  private static func medianHeuristic(_ squares: Matrix) -> Double? {
    var distances: [Double] = []
    for row in 0..<squares.rows {
      for column in 0..<row where squares[row, column] > 0 {
        distances.append(squares[row, column].squareRoot())
      }
    }
    return SortedSample(distances).median.map { 1 / ($0 * $0) }
  }

  /// The sum of each row without its diagonal.
  private static func sums(_ kernel: Matrix) -> [Double] {
    (0..<kernel.rows).map { row in
      kernel.values[row * kernel.columns..<(row + 1) * kernel.columns].reduce(0, +)
        - kernel[row, row]
    }
  }

  /// MMD² where the given rows are the reference. Only their own pairs are added up: those with the
  /// other rows are the rest of their sums, and those among the other rows the rest of all.
  private static func value(_ kernel: Matrix, _ sums: [Double], reference: [Int]) -> Double {
    let (n, m) = (Double(reference.count), Double(kernel.rows - reference.count))
    var within = 0.0
    kernel.values.withUnsafeBufferPointer { values in
      for (position, row) in reference.enumerated() {
        let start = row * kernel.columns
        for other in reference[..<position] { within += values[start + other] }
      }
    }
    within *= 2
    let across = reference.reduce(0) { $0 + sums[$1] } - within
    let others = sums.reduce(0, +) - within - 2 * across
    return within / (n * (n - 1)) + others / (m * (m - 1)) - 2 * across / (n * m)
  }
}
