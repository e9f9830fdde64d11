import Foundation
import Objectives
import Testing

@Suite("Statistics of ratios")
struct RatioStatisticsTests {
  /// Ratios of 2, 1/2 and 1, then of 2 and 3: the first and the last two clipped at ε = 0.2.
  private let tokens = PolicyTokens(
    policy: [2, 0.5, 1, 2, 3].map { log($0) }, behavior: [0, 0, 0, 0, 0], tokenCounts: [3, 2])
  private let advantages = [1.0, 1, 1, -1, 1]

  @Test("counts, extremes and moments by hand")
  func byHand() {
    let ratios = ClippedPolicyLoss().evaluate(tokens, advantages: advantages).ratios
    #expect(ratios.count == 5)
    #expect(ratios.lowCount == 0)
    #expect(ratios.highCount == 2)
    #expect(agree(ratios.highFraction, 0.4))
    #expect(agree(ratios.clippedFraction, 0.4))
    #expect(agree(ratios.largestHighFraction, 0.5))
    #expect(ratios.smallestLowFraction == 0)
    #expect(agree(ratios.minimum, 0.5))
    #expect(agree(ratios.maximum, 3))
    #expect(agree(ratios.mean, 1.7))
    // (0.3² + 1.2² + 0.7² + 0.3² + 1.3²) / 5
    #expect(agree(ratios.variance, 0.76))
    let (two, three) = (log(2.0), log(3.0))
    #expect(agree(ratios.approximateKL, (3 * two * two + three * three) / 10))
  }

  @Test("the parts of a batch add up to the whole")
  func parts() {
    var sum = RatioStatistics()
    let first = PolicyTokens(
      policy: Array(tokens.policy[0..<3]), behavior: [0, 0, 0], tokenCounts: [3])
    let second = PolicyTokens(
      policy: Array(tokens.policy[3..<5]), behavior: [0, 0], tokenCounts: [2])
    sum.add(ClippedPolicyLoss().evaluate(first, advantages: [1, 1, 1]).ratios)
    sum.add(ClippedPolicyLoss().evaluate(second, advantages: [-1, 1]).ratios)
    #expect(sum == ClippedPolicyLoss().evaluate(tokens, advantages: advantages).ratios)
  }

  @Test("no ratios: everything is 0, and nothing is NaN")
  func empty() {
    let none = RatioStatistics()
    #expect(none.mean == 0 && none.variance == 0 && none.approximateKL == 0)
    #expect(none.lowFraction == 0 && none.clippedFraction == 0)
    var some = ClippedPolicyLoss().evaluate(tokens, advantages: advantages).ratios
    let before = some
    some.add(none)
    #expect(some == before)
  }
}
