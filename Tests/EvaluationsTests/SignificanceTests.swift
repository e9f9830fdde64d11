import Evaluations
import Testing

@Suite("Significance")
struct SignificanceTests {
  @Test("the sign test agrees with SciPy's binomial test")
  func signs() throws {
    for recorded in try RecordedStatistics.load().signs {
      let test = SignTest(positives: recorded.positives, negatives: recorded.negatives)
      #expect(isClose(test.twoSidedPValue, recorded.two_sided, within: 1e-11))
      #expect(isClose(test.positivePValue, recorded.positive, within: 1e-11))
    }
  }

  @Test("binomial tails agree with SciPy, far ones in relative terms")
  func tails() throws {
    for recorded in try RecordedStatistics.load().binomials {
      let binomial = BinomialDistribution(
        trials: recorded.trials, probability: recorded.probability)
      #expect(
        isClose(
          binomial.atLeast(recorded.successes), recorded.at_least, within: 1e-9 * recorded.at_least)
      )
      #expect(
        isClose(
          binomial.atMost(recorded.successes), recorded.at_most, within: 1e-9 * recorded.at_most))
    }
  }

  // How often a coin-flipper and an honest 75 % annotator pass a gate of gold items.
  @Test(
    "gates of gold items",
    arguments: [
      (5, 4, 0.5, 0.1875), (10, 8, 0.5, 0.0547), (10, 7, 0.5, 0.172), (10, 8, 0.75, 0.526),
      (10, 7, 0.75, 0.776),
    ])
  func gates(trials: Int, atLeast: Int, probability: Double, expected: Double) {
    let seen = BinomialDistribution(trials: trials, probability: probability).atLeast(atLeast)
    #expect(isClose(seen, expected, within: 5e-4))
  }

  @Test("McNemar's test looks only at items on which two models differ")
  func mcNemar() {
    let before = [true, true, false, false, true, false, false, false]
    let after = [true, true, true, true, false, true, true, false]
    let test = McNemarTest(before: before, after: after)
    #expect((test.gained, test.lost) == (4, 1))
    #expect(isClose(test.shift, 3.0 / 8))
    // 2·(C(5,4) + C(5,5))/2⁵
    #expect(isClose(test.pValue, 0.375, within: 1e-12))
    let reversed = McNemarTest(before: after, after: before)
    #expect(reversed.pValue == test.pValue)
    #expect(McNemarTest(before: [], after: []).shift == nil)
  }

  @Test("Holm's correction agrees with statsmodels, in any order")
  func holm() throws {
    let recorded = try RecordedStatistics.load().holm
    expectClose(HolmCorrection.adjusted(recorded.p), recorded.adjusted, within: 1e-12)
    expectClose(
      HolmCorrection.adjusted(recorded.p.reversed()), recorded.adjusted.reversed(), within: 1e-12)
    #expect(HolmCorrection.adjusted([0.2]) == [0.2])
  }
}
