#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Logistic regression of sparse features, P(y = 1) = σ(b + w·x), by the limited-memory method of Broyden,
/// Fletcher, Goldfarb and Shanno (Nocedal & Wright 2006, algorithm 7.5).
///
/// What is minimized is
///
///     1/Σ cᵢ Σ −cᵢ log P(yᵢ) + λ/2 Σ wₖ²
///
/// with cᵢ how much a row counts, which has one minimum; the constant is not penalized. The result does not depend on any order of
/// draws, as there are none.
public struct SparseLogisticRegression: Sendable, Hashable, Codable {
  /// w, one a place.
  public private(set) var weights: [Double]
  /// b.
  public private(set) var intercept: Double

  /// A known model.
  ///
  /// - Parameters:
  ///   - weights: One a place.
  ///   - intercept: The constant.
  public init(weights: [Double], intercept: Double) {
    (self.weights, self.intercept) = (weights, intercept)
  }

  /// Fits.
  ///
  /// - Parameters:
  ///   - rows: Feature vectors, at least one.
  ///   - labels: From 0 to 1, one a row.
  ///   - counts: How much each row counts, above 0; `nil` for all the same.
  ///   - count: Places of the vectors.
  ///   - l2: λ, above 0.
  ///   - tolerance: The largest derivative at which it ends.
  ///   - iterations: Steps, at most.
  public init(
    rows: [SparseVector], labels: [Double], counts: [Double]? = nil, count: Int,
    l2: Double = 1e-4, tolerance: Double = 1e-6, iterations: Int = 500
  ) {
    precondition(
      !rows.isEmpty && rows.count == labels.count, "\(rows.count) rows, \(labels.count) labels")
    precondition(l2 > 0, "l2 is \(l2), but must be above 0")
    precondition(
      counts.map { $0.count == rows.count && $0.allSatisfy { $0 > 0 } } ?? true,
      "each of \(rows.count) rows counts for something")
    let total = counts?.reduce(0, +) ?? Double(rows.count)
    let shares = counts?.map { $0 / total } ?? rows.map { _ in 1 / total }
    self.init(weights: [Double](repeating: 0, count: count), intercept: 0)
    // The constant is the last of the unknowns.
    var point = weights + [0]
    var (loss, gradient) = Self.objective(point, rows, labels, shares, l2)
    var history: [(step: [Double], change: [Double], scale: Double)] = []
    for _ in 0..<iterations where (gradient.map(abs).max() ?? 0) > tolerance {
      var direction = Self.direction(gradient, history)
      var slope = Self.dot(direction, gradient)
      if slope >= 0 {
        // Rounding has spoiled the memory: begin again with the steepest descent.
        history = []
        direction = gradient.map { -$0 }
        slope = -Self.dot(gradient, gradient)
      }
      var length = 1.0
      var next = point
      var found = (loss: loss, gradient: gradient)
      repeat {
        next = point
        Self.add(direction, times: length, to: &next)
        found = Self.objective(next, rows, labels, shares, l2)
        length /= 2
      } while found.loss > loss + 1e-4 * 2 * length * slope && length > 1e-12
      guard found.loss < loss else { break }
      let step = zip(next, point).map { $0 - $1 }
      let change = zip(found.gradient, gradient).map { $0 - $1 }
      let curvature = Self.dot(step, change)
      if curvature > 1e-14 { history.append((step, change, 1 / curvature)) }
      if history.count > 10 { history.removeFirst() }
      (point, loss, gradient) = (next, found.loss, found.gradient)
    }
    intercept = point.removeLast()
    weights = point
  }

  /// What the model says of a row.
  ///
  /// - Parameter row: A feature vector.
  /// - Returns: The log odds, b + w·x.
  public func logit(of row: SparseVector) -> Double { intercept + row.dot(weights) }

  /// What the model says of a row.
  ///
  /// - Parameter row: A feature vector.
  /// - Returns: P(y = 1).
  public func probability(of row: SparseVector) -> Double { 1 / (1 + exp(-logit(of: row))) }

  /// The value and its derivatives at a point whose last number is the constant.
  static func objective(
    _ point: [Double], _ rows: [SparseVector], _ labels: [Double], _ shares: [Double],
    _ l2: Double
  ) -> (loss: Double, gradient: [Double]) {
    let last = point.count - 1
    var gradient = point.map { $0 * l2 }
    gradient[last] = 0
    var loss = l2 / 2 * (dot(point, point) - point[last] * point[last])
    for (index, row) in rows.enumerated() {
      let (label, share) = (labels[index], shares[index])
      let z = row.dot(point) + point[last]
      // −y log σ(z) − (1 − y) log σ(−z) = log(1 + e^z) − y z
      loss += share * (max(z, 0) + log1p(exp(-abs(z))) - label * z)
      let residual = share * (1 / (1 + exp(-z)) - label)
      row.add(to: &gradient, times: residual)
      gradient[last] += residual
    }
    return (loss, gradient)
  }

  /// −H g, with H from the last steps and what they changed of the gradient.
  private static func direction(
    _ gradient: [Double], _ history: [(step: [Double], change: [Double], scale: Double)]
  ) -> [Double] {
    var direction = gradient
    var factors: [Double] = []
    for past in history.reversed() {
      let factor = past.scale * dot(past.step, direction)
      factors.append(factor)
      add(past.change, times: -factor, to: &direction)
    }
    var scale = -1.0
    if let last = history.last { scale = -1 / (last.scale * dot(last.change, last.change)) }
    for index in direction.indices { direction[index] *= scale }
    // The direction has its sign already.
    for (past, factor) in zip(history, factors.reversed()) {
      add(past.step, times: -factor - past.scale * dot(past.change, direction), to: &direction)
    }
    return direction
  }

  /// Four sums at a time: a single one waits for itself.
  private static func dot(_ one: [Double], _ other: [Double]) -> Double {
    precondition(one.count == other.count, "vectors of \(one.count) and \(other.count)")
    return one.withUnsafeBufferPointer { one in
      other.withUnsafeBufferPointer { other in
        var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
        var index = 0
        while index + 4 <= one.count {
          first += one[index] * other[index]
          second += one[index + 1] * other[index + 1]
          third += one[index + 2] * other[index + 2]
          fourth += one[index + 3] * other[index + 3]
          index += 4
        }
        var sum = first + second + third + fourth
        while index < one.count {
          sum += one[index] * other[index]
          index += 1
        }
        return sum
      }
    }
  }

  private static func add(_ vector: [Double], times factor: Double, to other: inout [Double]) {
    precondition(vector.count == other.count, "vectors of \(vector.count) and \(other.count)")
    vector.withUnsafeBufferPointer { vector in
      other.withUnsafeMutableBufferPointer { other in
        for index in vector.indices { other[index] += factor * vector[index] }
      }
    }
  }
}
