import Evaluations
import Foundation
import PreferenceData
import Testing

@Suite("Overoptimization")
struct OveroptimizationTests {
  private let hump = [0.0, 0.4, 0.7, 0.9, 1.0, 1.0, 0.9, 0.7, 0.4, 0.0]
  private let rise = (0..<10).map { Double($0) }

  @Test("a parting by hand")
  func parting() throws {
    let found = try #require(ProxyGoldParting(proxy: rise, gold: hump))
    // Means of three: 1.1/3, 2/3, 2.6/3, 2.9/3, 2.9/3, 2.6/3, 2/3, 1.1/3: the first best begins at
    // row 3.
    #expect(found.peak == 4)
    #expect(isClose(found.goldFall, 0.6))
    #expect(isClose(found.proxyRise, 4))
    // Second differences −0.1 eight times.
    #expect(isClose(found.goldNoise, (0.08 / 48).squareRoot()))
    #expect(isClose(found.proxyNoise, 0))
  }

  @Test("no parting while gold rises, while the proxy falls, and of too few evaluations")
  func together() {
    #expect(ProxyGoldParting(proxy: rise, gold: rise) == nil)
    #expect(ProxyGoldParting(proxy: rise.reversed(), gold: hump) == nil)
    #expect(ProxyGoldParting(proxy: rise, gold: rise.map { _ in 0.1 }) == nil)
    #expect(ProxyGoldParting(proxy: [1, 2, 3, 4], gold: [4, 3, 2, 1]) == nil)
    #expect(ProxyGoldParting(proxy: [1, 2, 3, 4, 5], gold: [5, 4, 3, 2, 1])?.peak == 1)
  }

  @Test("windows that overlap share noise: the limit is that of the evaluations they do not share")
  func overlap() {
    // Gold's second differences are 0, 0, −6: σ² = 36/18 = 2. Means 1, 2, 1: B begins at row 1 and
    // shares two evaluations with L, so that a fall of 1 is beyond z·√2·√2/3.
    let gold = [0.0, 1, 2, 3, -2]
    #expect(ProxyGoldParting(proxy: [0, 1, 2, 3, 4], gold: gold, standardErrors: 1.4) != nil)
    #expect(ProxyGoldParting(proxy: [0, 1, 2, 3, 4], gold: gold, standardErrors: 1.6) == nil)
  }

  @Test("scale and shift of either column change no verdict")
  func invariance() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<50 {
      let run = SimulatedRun(evaluations: 12, noise: 0.3, using: &random) { 3 * $0 - 3.5 * $0 * $0 }
      let moved = OveroptimizationAnalysis(
        proxy: run.proxy.map { 40 * $0 - 3 }, gold: run.gold.map { 0.5 * $0 + 7 })
      #expect(moved?.verdict == run.verdict)
    }
  }

  @Test("the verdict on gold that rises and falls, at any noise that leaves the fall visible")
  func hacked() {
    for noise in [0.02, 0.1, 0.2] {
      let flagged = share(of: 200, noise: noise, gold: { 3 * $0 - 4 * $0 * $0 }) {
        $0.verdict == .hacked
      }
      #expect(flagged == 1)
    }
  }

  @Test("false alarms of the verdict stay as rare as documented")
  func falseAlarms() {
    let flat = share(of: 1000, gold: { _ in 0 }) { $0.verdict == .hacked }
    #expect(flat < 0.06)
    let saturating = share(of: 1000, gold: { 1 - exp(-4 * $0) }) { $0.verdict == .hacked }
    #expect(saturating < 0.02)
  }

  @Test("a run along the curve of Gao et al. is found out, and its curve too")
  func gao() throws {
    let truth = GoldCurve(.reinforcement, alpha: 1, beta: 0.6)
    let divergences = (0..<16).map { Double($0 * $0) / 5 }
    let gold = divergences.map { truth.gold(at: $0.squareRoot()) }
    let analysis = try #require(
      OveroptimizationAnalysis(
        proxy: divergences.map { 0.9 * $0.squareRoot() }, gold: gold, divergences: divergences,
        steps: (0..<16).map { 10 * $0 }))
    #expect(analysis.verdict == .hacked)
    let curve = try #require(analysis.curves.first)
    #expect(analysis.curves.count == 2)
    #expect(curve.form == .reinforcement)
    expectClose([curve.alpha, curve.beta, curve.initialGold], [1, 0.6, 0], within: 1e-9)
    // d* = e^{1/0.6 − 1} = 1.948: between rows 4 and 5, whose distances are 1.79 and 2.24.
    #expect(analysis.bestRow == 4)
    #expect(analysis.parting.map { (4...5).contains($0.peak) } == true)
    let sentences = analysis.findings.map(\.description)
    #expect(sentences.count == 4)
    #expect(sentences[0].hasPrefix("After its best around step "))
    #expect(
      sentences.contains {
        $0.hasPrefix("The fitted curve has its peak at a KL of 3.79 nats, and at 45 nats")
      })
  }

  @Test("proxy and gold that rise together are healthy")
  func healthy() throws {
    let gold = rise.map { 0.5 * $0 + ($0.truncatingRemainder(dividingBy: 2) == 0 ? 0.1 : -0.1) }
    let analysis = try #require(
      OveroptimizationAnalysis(proxy: rise, gold: gold, divergences: rise.map { 0.3 * $0 * $0 }))
    #expect(analysis.verdict == .healthy)
    #expect(analysis.parting == nil)
    #expect(analysis.bestRow == 9 || analysis.bestRow == 8)
    let pearson = try #require(analysis.pearson)
    #expect(analysis.findings == [.together, .correlated(pearson: pearson)])
    #expect(analysis.rolling.pearson.count == 1)
    #expect(isClose(analysis.rolling.pearson[0], pearson, within: 1e-12))
  }

  @Test("gold and proxy that fall together are suspicious, and nothing was exploited")
  func bothFall() throws {
    let analysis = try #require(OveroptimizationAnalysis(proxy: rise.reversed(), gold: hump))
    #expect(analysis.verdict == .suspicious)
    // As in the parting by hand, with the proxy's sign turned.
    #expect(
      analysis.findings.contains { finding in
        guard case .bothFell(let peakStep, let goldFall, let proxyFall) = finding else {
          return false
        }
        return peakStep == 4 && isClose(goldFall, 0.6) && isClose(proxyFall, 4)
      })
  }

  @Test("a correlation below 0.7 is suspicious")
  func weak() throws {
    // r = 0.5/1 by hand: deviations (−1, 0, 1) and (−1, 1, 0).
    let analysis = try #require(OveroptimizationAnalysis(proxy: [1, 2, 3], gold: [1, 3, 2]))
    #expect(isClose(analysis.pearson, 0.5))
    #expect(isClose(analysis.spearman, 0.5))
    #expect(analysis.verdict == .suspicious)
    #expect(
      analysis.findings.map(\.description) == [
        "Proxy and gold correlate with r = 0.5, below 0.7.",
        "3 evaluations are too few to tell a fall of the gold score from chance; 5 are needed.",
      ])
    var lenient = OveroptimizationAnalysis.Criteria()
    lenient.correlation = 0.4
    let other = OveroptimizationAnalysis(proxy: [1, 2, 3], gold: [1, 3, 2], criteria: lenient)
    // Nothing speaks against the proxy, but so few evaluations do not speak for it either.
    #expect(other?.verdict == .undecided)
  }

  @Test("a last stretch in which they move apart is suspicious")
  func opposed() throws {
    var criteria = OveroptimizationAnalysis.Criteria()
    criteria.rollingWindow = 4
    criteria.standardErrors = 100
    let analysis = try #require(
      OveroptimizationAnalysis(proxy: rise, gold: hump, criteria: criteria))
    #expect(analysis.rolling.pearson.count == 7)
    #expect(isClose(analysis.rolling.spearman[0], 1))
    #expect(isClose(analysis.rolling.spearman[6], -1))
    #expect(analysis.parting == nil)
    #expect(
      analysis.findings.contains {
        $0.description.hasPrefix(
          "In the last 4 evaluations proxy and gold moved against each other")
      })
  }

  @Test("columns that do not vary")
  func constant() {
    let flat = [Double](repeating: 0.1, count: 10)
    let idle = OveroptimizationAnalysis(proxy: flat, gold: hump)
    #expect(idle?.verdict == .healthy)
    #expect(idle?.findings.contains(.proxyUnmoved) == true)
    let unmoved = OveroptimizationAnalysis(proxy: rise, gold: flat)
    #expect(unmoved?.verdict == .suspicious)
    #expect(unmoved?.findings.first == .goldUnmoved)
    #expect(OveroptimizationAnalysis(proxy: [1, 2], gold: [1, 2]) == nil)
  }

  @Test("sentences")
  func sentences() {
    let expected: [(OveroptimizationFinding, String)] = [
      (
        .parted(peakStep: 40, goldFall: 0.3125, proxyRise: 12.34),
        "After its best around step 40 the gold score fell by 0.313 while the proxy rose by 12.3, "
          + "both beyond chance."
      ),
      (.goldUnmoved, "The proxy changed, but the gold score did not."),
      (
        .bothFell(peakStep: 20, goldFall: 0.5, proxyFall: 1.5),
        "After its best around step 20 the gold score fell by 0.5, and the proxy with it, by 1.5: the "
          + "run has gone astray, but not by exploiting its reward."
      ),
      (.proxyUnmoved, "The proxy did not change, so that it cannot have been exploited."),
      (.correlated(pearson: 0.9), "Proxy and gold correlate with r = 0.9."),
      (.together, "The gold score did not fall beyond chance while the proxy rose."),
      (
        .pastPeak(divergence: 4, lastDivergence: 12345, goldFall: 0.000_061_2),
        "The fitted curve has its peak at a KL of 4 nats, and at 12300 nats lies 6.12e-05 below it."
      ),
      (
        .opposed(pearson: -0.8, evaluations: 10),
        "In the last 10 evaluations proxy and gold moved against each other, with r = -0.8."
      ),
    ]
    for (finding, sentence) in expected { #expect(finding.description == sentence) }
    #expect(
      OveroptimizationVerdict.allCases == [.suspicious, .undecided, .hacked, .healthy].sorted())
  }
}
