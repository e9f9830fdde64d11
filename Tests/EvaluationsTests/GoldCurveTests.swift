import Evaluations
import PreferenceData
import Testing

@Suite("Gold over the distance from the reference")
struct GoldCurveTests {
  @Test("peaks of the curves that were read from the paper's figures")
  func peaks() throws {
    let bestOfN = try #require(GoldCurve(.bestOfN, alpha: 0.490, beta: 0.120).peak)
    #expect(isClose(bestOfN.distance, 2.041667, within: 1e-6))
    #expect(isClose(bestOfN.gold, 0.500208, within: 1e-6))
    #expect(isClose(bestOfN.divergence, 4.168, within: 1e-3))
    let learning = try #require(GoldCurve(.reinforcement, alpha: 0.35, beta: 0.154).peak)
    #expect(isClose(learning.distance, 3.570577, within: 1e-6))
    #expect(isClose(learning.gold, 0.549869, within: 1e-6))
    #expect(isClose(learning.divergence, 12.75, within: 1e-2))
  }

  @Test("a curve that never falls, or falls from the start, has no peak")
  func noPeak() {
    #expect(GoldCurve(.bestOfN, alpha: 0.5, beta: 0).peak == nil)
    #expect(GoldCurve(.bestOfN, alpha: -0.5, beta: 0.1).peak == nil)
    #expect(GoldCurve(.reinforcement, alpha: 0.5, beta: -0.1).peak == nil)
    // e^{10⁶} is no number.
    #expect(GoldCurve(.reinforcement, alpha: 1, beta: 1e-6).peak == nil)
  }

  @Test(
    "α, β and R₀ of a generated curve are found again", arguments: GoldCurve.Form.allCases,
    [nil, -0.3])
  func recovered(form: GoldCurve.Form, known: Double?) throws {
    let truth = GoldCurve(form, alpha: 0.7, beta: 0.15, initialGold: -0.3)
    let divergences = (0..<12).map { Double($0 * $0) / 9 }
    let gold = divergences.map { truth.gold(at: $0.squareRoot()) }
    let fit = try #require(
      GoldCurve(form, divergences: divergences, gold: gold, initialGold: known))
    expectClose([fit.alpha, fit.beta, fit.initialGold], [0.7, 0.15, -0.3], within: 1e-9)
    #expect(isClose(fit.rSquared, 1, within: 1e-12))
    #expect(fit.form == form)
    #expect(isClose(fit.peak?.distance, truth.peak?.distance ?? .nan, within: 1e-6))
    #expect(isClose(fit.gold(at: 0), -0.3, within: 1e-9))
  }

  @Test("an evaluation of weight 3 counts as three", arguments: [nil, 0.2])
  func weights(known: Double?) throws {
    let divergences = [0.3, 1, 2.5, 4, 7, 9]
    let gold = [0.31, 0.4, 0.52, 0.5, 0.44, 0.3]
    let counts = [1, 3, 2, 1, 2, 3]
    func repeated(_ values: [Double]) -> [Double] {
      zip(values, counts).flatMap { Array(repeating: $0, count: $1) }
    }
    for form in GoldCurve.Form.allCases {
      let weighted = try #require(
        GoldCurve(
          form, divergences: divergences, gold: gold, initialGold: known,
          weights: counts.map { 0.5 * Double($0) }))
      let equal = try #require(
        GoldCurve(
          form, divergences: repeated(divergences), gold: repeated(gold), initialGold: known))
      expectClose(
        [weighted.alpha, weighted.beta, weighted.initialGold],
        [equal.alpha, equal.beta, equal.initialGold], within: 1e-9)
      #expect(isClose(weighted.rSquared, equal.rSquared ?? .nan, within: 1e-9))
      let unweighted = GoldCurve(
        form, divergences: divergences, gold: gold, initialGold: known)
      #expect(unweighted?.alpha != weighted.alpha)
    }
  }

  @Test("residuals of noisy gold are orthogonal to both terms", arguments: [nil, 0.2])
  func leastSquares(known: Double?) throws {
    var random = SeededGenerator(seed: 5)
    let distances = (1...15).map { Double($0) / 4 }
    let gold = distances.map { _ in Double(random.uniform(below: 1000)) / 1000 }
    let fit = try #require(
      GoldCurve(.bestOfN, divergences: distances.map { $0 * $0 }, gold: gold, initialGold: known))
    let residuals = zip(distances, gold).map { $1 - fit.gold(at: $0) }
    for power in [1, 2] {
      let product = zip(distances, residuals).reduce(0) { sum, pair in
        sum + (power == 1 ? pair.0 : pair.0 * pair.0) * pair.1
      }
      #expect(isClose(product, 0, within: 1e-9))
    }
    if known == nil { #expect(isClose(residuals.reduce(0, +), 0, within: 1e-9)) }
  }

  @Test("a divergence that chance made negative counts as none")
  func negative() throws {
    let gold = [0.0, 0.3, 0.5, 0.6, 0.6]
    let some = GoldCurve(.bestOfN, divergences: [-0.01, 1, 2, 3, 4], gold: gold)
    #expect(some == GoldCurve(.bestOfN, divergences: [0, 1, 2, 3, 4], gold: gold))
    #expect(some != nil)
  }

  @Test("what is undetermined is nil")
  func undetermined() {
    for form in GoldCurve.Form.allCases {
      #expect(GoldCurve(form, divergences: [0, 1, 4], gold: [0, 1, 1]) == nil)
      #expect(GoldCurve(form, divergences: [1, 4], gold: [1, 1], initialGold: 0) == nil)
      #expect(GoldCurve(form, divergences: [0, 0, 0, 0], gold: [0, 1, 2, 3]) == nil)
      #expect(GoldCurve(form, divergences: [4, 4, 4], gold: [0, 1, 2], initialGold: 0) == nil)
      let flat = GoldCurve(form, divergences: [0, 1, 4, 9], gold: [2, 2, 2, 2])
      #expect(flat != nil && flat?.rSquared == nil)
    }
  }
}
