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
///     1/n Σ −log P(yᵢ) + λ/2 Σ wₖ²
///
/// which has one minimum; the constant is not penalized. The result does not depend on any order of
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
  ///   - count: Places of the vectors.
  ///   - l2: λ, above 0.
  ///   - tolerance: The largest derivative at which it ends.
  ///   - iterations: Steps, at most.
  public init(
    rows: [SparseVector], labels: [Double], count: Int, l2: Double = 1e-4,
    tolerance: Double = 1e-6, iterations: Int = 500
  ) {
    precondition(
      !rows.isEmpty && rows.count == labels.count, "\(rows.count) rows, \(labels.count) labels")
    precondition(l2 > 0, "l2 is \(l2), but must be above 0")
    self.init(weights: [Double](repeating: 0, count: count), intercept: 0)
    // The constant is the last of the unknowns.
    var point = weights + [0]
    var (loss, gradient) = Self.objective(point, rows, labels, l2)
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
      var found = Self.objective(point, rows, labels, l2)
      repeat {
        for index in point.indices { next[index] = point[index] + length * direction[index] }
        found = Self.objective(next, rows, labels, l2)
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
    _ point: [Double], _ rows: [SparseVector], _ labels: [Double], _ l2: Double
  ) -> (loss: Double, gradient: [Double]) {
    let last = point.count - 1
    var gradient = point.map { $0 * l2 }
    gradient[last] = 0
    var loss = 0.0
    for index in 0..<last { loss += point[index] * point[index] }
    loss *= l2 / 2
    let share = 1 / Double(rows.count)
    for (row, label) in zip(rows, labels) {
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
      for index in direction.indices { direction[index] -= factor * past.change[index] }
    }
    if let last = history.last {
      let scale = 1 / (last.scale * dot(last.change, last.change))
      for index in direction.indices { direction[index] *= scale }
    }
    for (past, factor) in zip(history, factors.reversed()) {
      let correction = factor - past.scale * dot(past.change, direction)
      for index in direction.indices { direction[index] += correction * past.step[index] }
    }
    return direction.map { -$0 }
  }

  private static func dot(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for index in one.indices { sum += one[index] * other[index] }
    return sum
  }
}
