import Evaluations
import Testing

@Suite("Correlation")
struct CorrelationTests {
  @Test("all coefficients agree with SciPy and statsmodels on columns with ties")
  func recorded() throws {
    let data = try RecordedStatistics.load().columns
    #expect(isClose(Correlation.pearson(data.x, data.y), data.pearson, within: 1e-12))
    #expect(isClose(Correlation.spearman(data.x, data.y), data.spearman, within: 1e-12))
    #expect(
      isClose(
        Correlation.partial(data.x, data.y, controls: [data.control]), data.partial, within: 1e-12))
    let tau = KendallTau(data.x, data.y)
    #expect(isClose(tau.a, data.tau_a, within: 1e-12))
    #expect(isClose(tau.b, data.tau_b, within: 1e-12))
  }

  @Test("τ counts what all pairs say, on many small columns with ties")
  func bruteForce() {
    for seed in 0..<200 {
      let x = (0..<7).map { Double(($0 * $0 * 3 + seed * 5 + $0 * seed) % 4) }
      let y = (0..<7).map { Double(($0 * 5 + seed * $0 * $0 + 2 * seed) % 5) }
      var (concordant, discordant, tiedFirst, tiedSecond) = (0, 0, 0, 0)
      for i in 0..<7 {
        for j in 0..<i {
          let product = (x[i] - x[j]) * (y[i] - y[j])
          if product > 0 { concordant += 1 } else if product < 0 { discordant += 1 }
          tiedFirst += x[i] == x[j] ? 1 : 0
          tiedSecond += y[i] == y[j] ? 1 : 0
        }
      }
      let tau = KendallTau(x, y)
      #expect((tau.concordant, tau.discordant) == (concordant, discordant))
      #expect((tau.tiedFirst, tau.tiedSecond) == (tiedFirst, tiedSecond))
    }
  }

  @Test("scale and shift change nothing, a turn changes the sign")
  func invariance() throws {
    let data = try RecordedStatistics.load().columns
    let turned = data.x.map { 5 - 2 * $0 }
    #expect(isClose(Correlation.pearson(turned, data.y), -data.pearson, within: 1e-12))
    #expect(isClose(Correlation.spearman(turned, data.y), -data.spearman, within: 1e-12))
    #expect(isClose(KendallTau(turned, data.y).b, -data.tau_b, within: 1e-12))
    #expect(isClose(KendallTau(data.x, data.x).b, 1, within: 1e-12))
    // Cubing keeps the order.
    #expect(
      isClose(
        Correlation.spearman(data.x.map { $0 * $0 * $0 }, data.y), data.spearman, within: 1e-9))
  }

  @Test("columns without variation have no correlation")
  func undefined() {
    #expect(Correlation.pearson([0.1, 0.1, 0.1], [1, 2, 3]) == nil)
    #expect(Correlation.spearman([1, 2, 3], [7, 7, 7]) == nil)
    #expect(Correlation.pearson([], []) == nil)
    #expect(Correlation.pearson([1], [2]) == nil)
    #expect(KendallTau([1, 1], [1, 2]).b == nil)
    #expect(KendallTau([1, 1], [1, 2]).a == 0)
    #expect(KendallTau([1], [1]).a == nil)
    #expect(KendallTau([], []).a == nil)
    // A control that explains a column leaves nothing to correlate.
    let x = [1.0, 2, 3, 4, 5]
    #expect(Correlation.partial(x, [1, 5, 2, 4, 3], controls: [x.map { 3 * $0 + 1 }]) == nil)
  }

  @Test("agreement with rankings is the mean of each prompt's τ")
  func rankings() {
    let agreement = RankingAgreement([
      (scores: [3, 2, 1], judgments: [3, 2, 1]), (scores: [1, 2, 3], judgments: [3, 2, 1]),
      (scores: [3, 2, 1], judgments: [3, 1, 2]), (scores: [1, 1, 1], judgments: [3, 2, 1]),
    ])
    // 1, −1, ⅓; without variation in scores 0 and undefined.
    #expect(isClose(agreement.meanA, 1.0 / 12, within: 1e-12))
    #expect(isClose(agreement.meanB, 1.0 / 9, within: 1e-12))
    #expect(agreement.undefinedB == 1)
    #expect(RankingAgreement([]).meanA == nil)
  }
}
