import Evaluations
import Testing

@Suite("Regression")
struct RegressionTests {
  @Test("least squares agrees with statsmodels")
  func linear() throws {
    let data = try RecordedStatistics.load().columns
    let fit = try #require(LinearRegression(predictors: [data.x, data.control], response: data.y))
    expectClose([fit.intercept] + fit.coefficients, data.coefficients, within: 1e-12)
    expectClose(
      try #require(fit.standardErrors), Array(data.standard_errors.dropFirst()), within: 1e-12)
    #expect(isClose(fit.rSquared, data.r_squared, within: 1e-12))
  }

  @Test("residuals are orthogonal to every predictor, whatever the offset")
  func orthogonal() throws {
    let x = (0..<30).map { 1e6 + Double(($0 * 7) % 13) }
    let y = (0..<30).map { Double(($0 * 11) % 17) }
    let fit = try #require(LinearRegression(predictors: [x], response: y))
    #expect(isClose(fit.residuals.reduce(0, +), 0, within: 1e-6))
    #expect(isClose(zip(fit.residuals, x).reduce(0) { $0 + $1.0 * ($1.1 - 1e6) }, 0, within: 1e-5))
  }

  @Test("what is undetermined is nil")
  func undetermined() {
    #expect(LinearRegression(predictors: [[2, 2, 2]], response: [1, 2, 3]) == nil)
    #expect(LinearRegression(predictors: [[1, 2, 3], [2, 4, 6]], response: [1, 2, 3]) == nil)
    #expect(LinearRegression(predictors: [[1]], response: [1]) == nil)
    #expect(LinearRegression(predictors: [[1, 2]], response: [1, 2])?.standardErrors == nil)
    #expect(LinearRegression(predictors: [[1, 2, 4]], response: [5, 5, 5])?.rSquared == nil)
  }

  @Test("logistic regression agrees with statsmodels and scikit-learn")
  func logistic() throws {
    let data = try RecordedStatistics.load().logistic
    let plain = try LogisticRegression(predictors: data.features, outcomes: data.outcome)
    expectClose([plain.intercept] + plain.coefficients, data.plain.coefficients, within: 1e-8)
    expectClose(
      plain.standardErrors, Array(data.plain.standard_errors.dropFirst()), within: 1e-8)
    #expect(isClose(plain.negativeLogLikelihood, data.plain.loss, within: 1e-12))
    let bare = try LogisticRegression(
      predictors: data.features, outcomes: data.outcome, constant: .zero)
    #expect(bare.intercept == 0)
    expectClose(bare.coefficients, data.bare.coefficients, within: 1e-8)
    expectClose(bare.standardErrors, data.bare.standard_errors, within: 1e-8)
    let ridge = try LogisticRegression(
      predictors: data.features, outcomes: data.outcome, l2: data.ridge_l2)
    expectClose([ridge.intercept] + ridge.coefficients, data.ridge, within: 1e-7)
  }

  @Test("separable outcomes need a penalty, and are told so")
  func separable() throws {
    let data = try RecordedStatistics.load().logistic
    let first = data.features[0]
    let outcomes = first.map { $0 > 0 ? 1.0 : 0 }
    #expect(throws: EvaluationError.separable) {
      try LogisticRegression(predictors: [first], outcomes: outcomes)
    }
    let fit = try LogisticRegression(predictors: [first], outcomes: outcomes, l2: 1)
    expectClose([fit.intercept] + fit.coefficients, data.separable, within: 1e-7)
    #expect(throws: EvaluationError.collinear) {
      try LogisticRegression(predictors: [first, first], outcomes: data.outcome)
    }
  }

  @Test("quasi-separable outcomes are told so too")
  func quasiSeparable() {
    // At 0 both outcomes occur, beyond it one each.
    #expect(throws: EvaluationError.separable) {
      try LogisticRegression(predictors: [[-1, 0, 0, 1]], outcomes: [0, 0, 1, 1])
    }
  }

  @Test("a weight of 2 is a row twice, a soft label is a row of each kind")
  func weights() throws {
    let predictor = [-1.0, 0.5, 1, 2, -0.3]
    let weighted = try LogisticRegression(
      predictors: [predictor], outcomes: [0, 1, 0, 1, 0.5], weights: [1, 2, 1, 1, 2])
    let repeated = try LogisticRegression(
      predictors: [[-1, 0.5, 0.5, 1, 2, -0.3, -0.3]], outcomes: [0, 1, 1, 0, 1, 0, 1])
    expectClose(weighted.coefficients, repeated.coefficients, within: 1e-9)
    #expect(isClose(weighted.intercept, repeated.intercept))
    expectClose(weighted.standardErrors, repeated.standardErrors, within: 1e-9)
  }

  @Test("errors say what to do")
  func messages() {
    #expect(
      EvaluationError.separable.description
        == "The predictors tell all outcomes apart, so that the best coefficients are infinite; "
        + "give an l2 above 0, more data or fewer predictors.")
    #expect(
      EvaluationError.collinear.description
        == "A predictor is constant or a combination of others, so that its coefficient is "
        + "undetermined; leave it out, or give an l2 above 0.")
    #expect(
      EvaluationError.notConverged(what: "A regression", iterations: 3).description
        == "A regression did not converge in 3 iterations; allow more, or give an l2 above 0.")
  }
}
