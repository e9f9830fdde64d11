/// Logistic regression, P(y = 1) = σ(b₀ + Σ bₖ·xₖ), by Newton's method (iteratively reweighted
/// least squares).
///
/// What is minimized is the *sum* Σ wᵢ·loss(yᵢ) + λ/2·Σ bₖ², so that λ is scikit-learn's 1/C. The
/// intercept is not penalized.
public struct LogisticRegression: Sendable, Hashable {
  /// Whether the model has a constant.
  public enum Constant: Sendable, Hashable {
    /// b₀ is fitted.
    case fitted
    /// b₀ is 0: for differences of two sides, whose exchange turns every sign.
    case zero
  }

  /// b₀; 0 where there is none.
  public let intercept: Double
  /// bₖ, in the order of the predictors.
  public let coefficients: [Double]
  /// √ of the diagonal of the inverse of the penalized information, for each coefficient.
  public let standardErrors: [Double]
  /// The mean of −log P(y) without the penalty, in nats, weighted.
  public let negativeLogLikelihood: Double
  /// How many Newton steps it took.
  public let iterations: Int

  /// Fits.
  ///
  /// - Parameters:
  ///   - predictors: Columns of finite numbers. Those of different units want to be scaled first
  ///     where `l2` is above 0.
  ///   - outcomes: From 0 to 1; fractions are soft labels, as ½ is for a tie. At least one.
  ///   - weights: How much each row counts, at least 0; `nil` for 1.
  ///   - l2: λ, at least 0.
  ///   - constant: Whether b₀ is fitted.
  ///   - maximumIterations: Newton steps allowed.
  /// - Throws: ``EvaluationError`` where predictors are collinear, or tell all outcomes apart, with
  ///   `l2` 0; and where the iteration does not converge.
  public init(
    predictors: [[Double]], outcomes: [Double], weights: [Double]? = nil, l2: Double = 0,
    constant: Constant = .fitted, maximumIterations: Int = 50
  ) throws(EvaluationError) {
    precondition(!outcomes.isEmpty, "a regression needs a row")
    precondition(outcomes.allSatisfy((0...1).contains), "outcomes are from 0 to 1")
    precondition(l2 >= 0, "l2 is \(l2), but must be at least 0")
    for column in predictors {
      requireSameCount(column.count, outcomes.count, "a predictor and the outcomes")
      requireFinite(column, "predictors")
    }
    let hasConstant = constant == .fitted
    let rows = outcomes.indices.map { row in
      (hasConstant ? [1] : []) + predictors.map { $0[row] }
    }
    let likelihood = LogisticLikelihood(
      rows: rows, outcomes: outcomes,
      weights: weights ?? [Double](repeating: 1, count: outcomes.count),
      penalties: (hasConstant ? [0] : []) + predictors.map { _ in l2 })
    let optimum = try likelihood.maximum(iterations: maximumIterations)
    let first = hasConstant ? 1 : 0
    intercept = hasConstant ? optimum.point[0] : 0
    coefficients = Array(optimum.point[first...])
    let covariance = optimum.information.inverse
    standardErrors = (first..<optimum.point.count).map { covariance[$0, $0].squareRoot() }
    negativeLogLikelihood = likelihood.meanLoss(at: optimum.point)
    iterations = optimum.iterations
  }
}
