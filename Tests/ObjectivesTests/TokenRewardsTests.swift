import Foundation
import Objectives
import Testing

@Suite("Rewards of tokens")
struct TokenRewardsTests {
  private let policy = [-1.0, -2, -0.5]
  private let reference = [-1.5, -1, -0.5]

  @Test("by hand: the price at each token, the score at the last")
  func byHand() {
    let outcome = TokenRewards(estimator: .k1).evaluate(
      score: 3, hasEnd: true, policy: policy, reference: reference, klCoefficient: 0.1)
    #expect(agree(outcome.divergences, [0.5, -1, 0]))
    #expect(agree(outcome.rewards, [-0.05, 0.1, 3]))
    #expect(agree(outcome.total, 3.05))
    #expect(outcome.score == 3)
  }

  @Test("the total is the score minus β times the divergence", arguments: KLEstimator.allCases)
  func total(estimator: KLEstimator) {
    let outcome = TokenRewards(estimator: estimator).evaluate(
      score: -0.5, hasEnd: true, policy: policy, reference: reference, klCoefficient: 0.3)
    let divergence = estimator.values(policy: policy, reference: reference).reduce(0, +)
    #expect(agree(outcome.total, -0.5 - 0.3 * divergence))
  }

  @Test("the score is clipped first, and then pays for a missing end")
  func missingEnd() {
    let rewards = TokenRewards(scoreRange: -2...2, missingEndPenalty: 1)
    for (score, hasEnd, expected) in [(5.0, true, 2.0), (5, false, 1), (-9, false, -3)] {
      let outcome = rewards.evaluate(
        score: score, hasEnd: hasEnd, policy: policy, reference: nil, klCoefficient: 0)
      #expect(outcome.score == expected)
      #expect(outcome.rewards == [0, 0, expected])
      #expect(outcome.divergences == [0, 0, 0])
    }
  }

  @Test("NaN is passed on, a completion of one token has both, and mistakes of ours are refused")
  func limits() async {
    let one = TokenRewards(scoreRange: -1...1).evaluate(
      score: .nan, hasEnd: true, policy: [-1], reference: [-2], klCoefficient: 0.5)
    #expect(one.rewards[0].isNaN)
    await #expect(processExitsWith: .failure) {
      _ = TokenRewards().evaluate(
        score: 1, hasEnd: true, policy: [], reference: nil, klCoefficient: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = TokenRewards().evaluate(
        score: 1, hasEnd: true, policy: [-1], reference: nil, klCoefficient: 0.1)
    }
    await #expect(processExitsWith: .failure) { _ = TokenRewards(missingEndPenalty: -1) }
  }
}
