import Objectives
import Testing

@Suite("Stable logistic functions")
struct StableLogisticTests {
  // Values from mpmath 1.3 at 50 digits: log(1 + e^x), rounded to Double.
  @Test(
    "softplus keeps its digits in both tails",
    arguments: [
      (0, 0.6931471805599453), (1, 1.3132616875182228), (-1, 0.31326168751822286),
      (40, 40), (-40, 4.248354255291589e-18), (700, 700), (-700, 9.859676543759770e-305),
      (1e6, 1e6), (-1e6, 0),
    ] as [(Double, Double)])
  func softplusValues(x: Double, expected: Double) {
    #expect(relativeError(softplus(x), expected) < 1e-15)
    #expect(relativeError(logSigmoid(-x), -expected) < 1e-15)
  }

  @Test("sigmoid keeps its digits in both tails")
  func sigmoidValues() {
    #expect(sigmoid(0) == 0.5)
    #expect(relativeError(sigmoid(2), 0.8807970779778824) < 1e-15)  // 1 / (1 + e^-2)
    #expect(relativeError(sigmoid(-700), 9.859676543759770e-305) < 1e-14)  // e^-700
    #expect(sigmoid(700) == 1)
  }

  @Test("σ(x) + σ(−x) = 1", arguments: [0, 1e-9, 0.3, 5, 36, 700] as [Double])
  func sigmoidIsSymmetric(x: Double) {
    #expect(abs(sigmoid(x) + sigmoid(-x) - 1) < 1e-15)
  }

  @Test(
    "sigmoid is the derivative of softplus", arguments: [-700, -30, -1, 0, 0.5, 8, 700] as [Double])
  func derivative(x: Double) {
    #expect(relativeError(centralDifference(at: x, of: softplus), sigmoid(x)) < 1e-6)
  }

  @Test("infinities have their limits and NaN is passed on")
  func edges() {
    #expect(softplus(.infinity) == .infinity)
    #expect(softplus(-.infinity) == 0)
    #expect(sigmoid(.infinity) == 1)
    #expect(sigmoid(-.infinity) == 0)
    #expect(softplus(.nan).isNaN)
    #expect(sigmoid(.nan).isNaN)
    #expect(logSumExp([1, .nan, 2]).isNaN)
  }

  @Test("log-sum-exp of equal numbers is the number plus the logarithm of their count")
  func logSumExpOfEqualNumbers() {
    for x in [-1e5, -3, 0, 710, 1e5] {
      #expect(relativeError(logSumExp([x, x, x]), x + 1.0986122886681098) < 1e-15)  // log 3
    }
  }

  @Test("log-sum-exp moves with its arguments and has the two-term form of softplus")
  func logSumExpLaws() {
    let values = [0.5, -2, 3.25]
    // log(e^0.5 + e^-2 + e^3.25) = log(1.648721 + 0.135335 + 25.790340) = log 27.574396
    #expect(abs(logSumExp(values) - 3.316888) < 1e-6)
    #expect(abs(logSumExp(values.map { $0 + 900 }) - logSumExp(values) - 900) < 1e-12)
    #expect(abs(logSumExp([0, 1.5]) - softplus(1.5)) < 1e-15)
  }

  @Test("the logarithm of a sum of nothing is minus infinity")
  func logSumExpEdges() {
    #expect(logSumExp([]) == -.infinity)
    #expect(logSumExp([-.infinity, -.infinity]) == -.infinity)
    #expect(logSumExp([-.infinity, 2]) == 2)
    #expect(logSumExp([.infinity, 2]) == .infinity)
  }
}
