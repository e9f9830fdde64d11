import Foundation
import Objectives
import Testing

@Suite("RLOO loss")
struct RLOOLossTests {
  @Test("by hand: one ratio for all tokens of a completion")
  func byHand() {
    // The ratios 2 · 0.55 = 1.1 and 0.5 · 3 = 1.5.
    let tokens = PolicyTokens(
      policy: [2, 0.55, 0.5, 3].map { log($0) }, behavior: [0, 0, 0, 0], tokenCounts: [2, 2])
    let outcome = RLOOLoss().evaluate(tokens, advantages: [-2, 1])
    #expect(agree(outcome.values, [2.2, -1.2]))
    #expect(agree(outcome.gradient, [2.2, 2.2, 0, 0]))
    #expect(outcome.ratios.count == 2)
    #expect(outcome.ratios.highCount == 1)
  }

  @Test("the gradient matches central differences")
  func centralDifferences() {
    let loss = RLOOLoss(clipRange: ClipRange(0.3, high: 0.7))
    for advantages in [[1.5, 1, -0.5], [-1.5, 1, 0.5]] {
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

  @Test("a policy that sampled itself has the gradient of REINFORCE on whole completions")
  func onPolicy() {
    let tokens = PolicyTokens(policy: [-1, -2, -3], tokenCounts: [2, 0, 1])
    let outcome = RLOOLoss().evaluate(tokens, advantages: [0.5, -2, 1])
    #expect(outcome.gradient == [-0.5, -0.5, -1])
    // A completion without tokens has the ratio 1.
    #expect(outcome.values == [-0.5, 2, -1])
  }
}
