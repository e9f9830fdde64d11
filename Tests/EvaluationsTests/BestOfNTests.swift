import Evaluations
import Testing

@Suite("Best of n")
struct BestOfNTests {
  @Test("five completions, n from 1 to 3")
  func vector() {
    let proxy = [0.1, 0.4, 0.35, 0.8, 0.6]
    let gold = [1.0, 2, 3, 4, 5]
    for (n, expected) in [(1, 3.0), (2, 3.8), (3, 4.1), (5, 4.0)] {
      #expect(
        isClose(BestOfN.expectedScore(proxy: proxy, gold: gold, n: n), expected, within: 1e-6))
    }
    #expect(BestOfN.expectedScore(proxy: proxy, gold: gold, n: 6) == nil)
  }

  @Test("all subsets of eight completions, three of equal proxy score")
  func bruteForce() throws {
    let recorded = try RecordedStatistics.load().best_of_n
    for (index, expected) in recorded.expected.enumerated() {
      let seen = BestOfN.expectedScore(
        proxy: recorded.proxy, gold: recorded.gold, n: index + 1)
      #expect(isClose(seen, expected, within: 1e-12))
    }
  }

  @Test("a great pool does not overflow: weights add to 1")
  func pool() {
    let proxy = (0..<5000).map(Double.init)
    let ones = proxy.map { _ in 1.0 }
    #expect(isClose(BestOfN.expectedScore(proxy: proxy, gold: ones, n: 2500), 1))
  }

  @Test(
    "the bound on the divergence",
    arguments: [
      (1, 0), (2, 0.193147), (4, 0.636294), (8, 1.204442), (16, 1.835089), (64, 3.174508),
      (256, 4.549084), (1024, 5.932448), (12_500, 8.433564), (60_000, 10.002117),
    ])
  func bound(n: Int, expected: Double) {
    #expect(isClose(BestOfN.divergenceBound(n: n), expected, within: 1e-6))
  }

  @Test(
    "the divergence itself of four equally likely completions stays below the bound",
    arguments: [(1, 0), (2, 0.173980), (8, 1.044364), (64, 1.386294)])
  func divergence(n: Int, expected: Double) {
    let seen = BestOfN.divergence(probabilities: [0.25, 0.25, 0.25, 0.25], n: n)
    #expect(isClose(seen, expected, within: 1e-6))
    #expect(seen <= BestOfN.divergenceBound(n: n) + 1e-12)
  }

  @Test("with many completions the divergence reaches the bound")
  func limit() {
    let many = [Double](repeating: 1e-4, count: 10_000)
    #expect(
      isClose(
        BestOfN.divergence(probabilities: many, n: 4), BestOfN.divergenceBound(n: 4), within: 1e-3))
  }
}
