public import PreferenceData

/// How well a logistic regression on some features tells current rows from those of a reference: the
/// area under its curve, of rows that it was not fitted on.
///
/// - SeeAlso: David Lopez-Paz and Maxime Oquab, Revisiting Classifier Two-Sample Tests,
///   arXiv 1610.06545.
public struct DomainClassifier: Sendable, Hashable {
  /// The mean area under the curve of the folds, ½ for what it cannot tell apart.
  public let area: Double
  /// What each feature counts in a fit to all rows, in units of its deviation: above 0 where it is
  /// greater in current rows.
  public let coefficients: [Double]
  private let vectors: PooledVectors
  private let folds: Int
  private let l2: Double

  /// Fits, once a fold to the rows of all others.
  ///
  /// Features are brought to mean 0 and deviation 1 over all rows. Each fold has every `folds`-th row
  /// of either side, so that rows in the order of time are spread over all folds.
  ///
  /// The result is `nil` where a side has fewer rows than there are folds.
  ///
  /// - Parameters:
  ///   - reference: The features of each row of the reference; finite.
  ///   - current: The same features of each current row; finite.
  ///   - folds: How many folds, at least 2.
  ///   - l2: The λ of ``LogisticRegression``, above 0, so that rows that are told apart without an
  ///     error have a fit too.
  /// - Throws: ``EvaluationError/notConverged(what:iterations:)``.
  public init?(
    reference: [[Double]], current: [[Double]], folds: Int = 5, l2: Double = 1
  ) throws(EvaluationError) {
    precondition(folds > 1, "\(folds) folds, but there are at least 2")
    precondition(l2 > 0, "l2 is \(l2), but must be above 0")
    let vectors = PooledVectors(reference: reference, current: current)
    guard min(reference.count, current.count) >= folds else { return nil }
    self.vectors = vectors.standardized
    (self.folds, self.l2) = (folds, l2)
    let order = Array(vectors.rows.indices)
    area = try Self.area(self.vectors, order: order, folds: folds, l2: l2)
    coefficients = try Self.fit(
      self.vectors.rows, order.map { $0 < reference.count ? 0 : 1 }, l2: l2
    ).coefficients
  }

  /// The probability of at least this area without drift, by exchange of rows, with all fits done
  /// again in each round: an area of random scores varies less than one of scores that were fitted.
  ///
  /// - Parameters:
  ///   - rounds: How often rows are exchanged.
  ///   - random: The source of the exchanges; it is advanced.
  /// - Returns: From 1/(rounds + 1) to 1.
  /// - Throws: ``EvaluationError/notConverged(what:iterations:)``.
  public func pValue(
    rounds: Int = 199, using random: inout SeededGenerator
  ) throws(EvaluationError) -> Double {
    try PermutationTest(rounds: rounds).pValue(
      reference: vectors.referenceCount, current: vectors.currentCount, using: &random
    ) { order throws(EvaluationError) in
      try Self.area(vectors, order: order, folds: folds, l2: l2)
    }
  }

  /// The mean area of the folds, where the first rows of the order are the reference.
  private static func area(
    _ vectors: PooledVectors, order: [Int], folds: Int, l2: Double
  ) throws(EvaluationError) -> Double {
    let rows = order.enumerated().map { position, row in
      let place = position - vectors.referenceCount
      return (
        features: vectors.rows[row], isCurrent: place >= 0,
        fold: (place >= 0 ? place : position) % folds
      )
    }
    var sum = 0.0
    for fold in 0..<folds {
      let (others, own) = (rows.filter { $0.fold != fold }, rows.filter { $0.fold == fold })
      let model = try fit(
        others.map(\.features), others.map { $0.isCurrent ? 1 : 0 }, l2: l2)
      func scores(_ isCurrent: Bool) -> [Double] {
        own.filter { $0.isCurrent == isCurrent }.map { row in
          zip(row.features, model.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        }
      }
      sum += AreaUnderROC(positives: scores(true), negatives: scores(false))?.value ?? 0.5
    }
    return sum / Double(folds)
  }

  private static func fit(
    _ rows: [[Double]], _ outcomes: [Double], l2: Double
  ) throws(EvaluationError) -> LogisticRegression {
    let columns = (rows.first ?? []).indices.map { column in rows.map { $0[column] } }
    return try LogisticRegression(predictors: columns, outcomes: outcomes, l2: l2)
  }
}

extension PooledVectors {
  /// Every feature with mean 0 and deviation 1 over all rows, or 0 throughout where it is constant.
  fileprivate var standardized: PooledVectors {
    let scales = (0..<dimension).map { column in
      let moments = MeanVariance(rows.map { $0[column] })
      return (mean: moments.mean ?? 0, deviation: moments.deviation(.population) ?? 0)
    }
    let scaled = rows.map { row in
      zip(row, scales).map { value, scale in
        scale.deviation > 0 ? (value - scale.mean) / scale.deviation : 0
      }
    }
    return PooledVectors(
      reference: Array(scaled.prefix(referenceCount)),
      current: Array(scaled.dropFirst(referenceCount)))
  }
}
