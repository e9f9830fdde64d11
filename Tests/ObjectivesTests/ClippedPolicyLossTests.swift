import Foundation
import Objectives
import Testing

@Suite("Clipped policy loss")
struct ClippedPolicyLossTests {
  @Test(
    "values and gradients by hand, in every corner",
    arguments: [
      // ratio, advantage, value, gradient; ε = 0.2, and δ = 2.
      (1.1, 2.0, -2.2, -2.2), (1.5, 2, -2.4, 0), (0.5, 2, -1, -1),
      (1.1, -2, 2.2, 2.2), (1.5, -2, 3, 3), (0.5, -2, 1.6, 0), (3, -2, 4, 0), (3, 2, -2.4, 0),
      (1.5, 0, 0, 0),
    ])
  func byHand(ratio: Double, advantage: Double, value: Double, gradient: Double) {
    let tokens = PolicyTokens(policy: [log(ratio)], behavior: [0], tokenCounts: [1])
    let outcome = ClippedPolicyLoss(clipRange: ClipRange(0.2, ceiling: 2))
      .evaluate(tokens, advantages: [advantage])
    #expect(agree(outcome.values, [value]))
    #expect(agree(outcome.gradient, [gradient]))
  }

  @Test("a policy that sampled itself: the value is −A, the gradient that of REINFORCE")
  func onPolicy() {
    let tokens = PolicyTokens(policy: [-1, -2.5, -0.4], tokenCounts: [2, 1])
    let advantages = [0.5, -1, 2]
    let outcome = ClippedPolicyLoss().evaluate(tokens, advantages: advantages)
    let reinforce = PolicyGradientLoss().evaluate(
      logProbabilities: tokens.policy, advantages: advantages)
    #expect(outcome.values == [-0.5, 1, -2])
    #expect(outcome.gradient == reinforce.gradient)
    #expect(reinforce.values == [0.5, -2.5, 0.8])
    #expect(outcome.ratios.mean == 1)
    #expect(outcome.ratios.variance == 0)
    #expect(outcome.ratios.approximateKL == 0)
    #expect(outcome.ratios.clippedFraction == 0)
  }

  @Test("the gradient matches central differences", arguments: [nil, 1.6] as [Double?])
  func centralDifferences(ceiling: Double?) {
    let loss = ClippedPolicyLoss(clipRange: ClipRange(0.15, high: 0.25, ceiling: ceiling))
    for advantages in [[1, -0.5, 2, -3, 0.7], [-1, 0.5, -2, 3, 0]] {
      let outcome = loss.evaluate(.moved, advantages: advantages)
      for token in PolicyTokens.moved.policy.indices {
        let expected = centralDifference(at: PolicyTokens.moved.policy[token]) {
          loss.evaluate(.moved.replacing(token, with: $0), advantages: advantages).values
            .reduce(0, +)
        }
        #expect(abs(outcome.gradient[token] - expected) < 1e-6)
      }
    }
  }

  @Test("ratios beyond every number keep their limits, and NaN is passed on")
  func limits() async {
    let tokens = PolicyTokens(
      policy: [0, 0, 0, -2000, .nan], behavior: [-2000, -2000, -2000, 0, 0], tokenCounts: [5])
    let outcome = ClippedPolicyLoss().evaluate(tokens, advantages: [1, 0, -1, 1, 1])
    #expect(agree(Array(outcome.values.prefix(2)), [-1.2, 0]))
    #expect(outcome.values[2] == .infinity)
    #expect(Array(outcome.gradient.prefix(2)) == [0, 0])
    #expect(outcome.values[3] == 0 && outcome.gradient[3] == 0)
    #expect(outcome.values[4].isNaN && outcome.gradient[4].isNaN)
    let bounded = ClippedPolicyLoss(clipRange: ClipRange(0.2, ceiling: 10))
      .evaluate(tokens, advantages: [1, 0, -1, 1, 1])
    #expect(bounded.values[2] == 10 && bounded.gradient[2] == 0)
    await #expect(processExitsWith: .failure) { _ = ClipRange(0.2, ceiling: 1.2) }
    await #expect(processExitsWith: .failure) { _ = ClipRange(1.5) }
    await #expect(processExitsWith: .failure) {
      _ = ClippedPolicyLoss().evaluate(
        PolicyTokens(policy: [0], tokenCounts: [1]), advantages: [])
    }
    await #expect(processExitsWith: .failure) { _ = PolicyTokens(policy: [0], tokenCounts: [2]) }
  }
}
