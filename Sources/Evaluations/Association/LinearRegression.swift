/// Ordinary least squares with an intercept: y ≈ b₀ + Σ bₖ·xₖ.
public struct LinearRegression: Sendable, Hashable {
  /// b₀.
  public let intercept: Double
  /// bₖ, in the order of the predictors.
  public let coefficients: [Double]
  /// √(s²·(XᵀX)⁻¹ₖₖ) of each coefficient, with s² = Σ residual²/(n − columns); `nil` where as many
  /// columns as rows leave no residuals to judge by.
  public let standardErrors: [Double]?
  /// y − fitted y.
  public let residuals: [Double]
  /// 1 − Σ residual²/Σ(y − ȳ)²; `nil` where the response does not vary.
  public let rSquared: Double?

  /// Fits by Householder's QR, which does not square the condition of the predictors as the normal
  /// equations do.
  ///
  /// The result is `nil` where a predictor is constant or a combination of others, and where there
  /// are fewer rows than columns.
  ///
  /// - Parameters:
  ///   - predictors: Columns, without the constant.
  ///   - response: As many numbers as each column has.
  public init?(predictors: [[Double]], response: [Double]) {
    requireFinite(response, "responses")
    for column in predictors {
      requireSameCount(column.count, response.count, "a predictor and the response")
      requireFinite(column, "predictors")
    }
    let constant = [Double](repeating: 1, count: response.count)
    guard let factor = OrthogonalFactor(columns: [constant] + predictors) else { return nil }
    let solution = factor.solve(response)
    intercept = solution[0]
    coefficients = Array(solution.dropFirst())
    let residuals = response.indices.map { row in
      var rest = response[row] - solution[0]
      for (column, predictor) in predictors.enumerated() {
        rest -= solution[column + 1] * predictor[row]
      }
      return rest
    }
    self.residuals = residuals
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    let freedom = response.count - solution.count
    standardErrors =
      freedom > 0
      ? factor.inverseDiagonal.dropFirst().map { ($0 * squares / Double(freedom)).squareRoot() }
      : nil
    let total = (MeanVariance(response).variance(.population) ?? 0) * Double(response.count)
    rSquared = total > 0 ? 1 - squares / total : nil
  }
}
