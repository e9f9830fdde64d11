import Foundation
import Objectives
import Testing

@Suite("GRPO loss")
struct GRPOLossTests {
  private let advantages = [1.5, -1, -0.5]
  private static let levels = GRPOLoss.ImportanceLevel.allCases

  @Test("by hand: ratios, weights and the penalty")
  func byHand() throws {
    // The ratios 1.5 and 0.6; d = log π_ref − log π = log 2 at the first token, 0 at the second.
    let policy = [log(1.5), log(0.6)]
    let tokens = PolicyTokens(
      policy: policy, behavior: [0, 0], reference: [log(3), log(0.6)], tokenCounts: [2])
    let outcome = GRPOLoss(.grpo, clipRange: ClipRange(0.2), beta: 0.1)
      .evaluate(tokens, advantages: [-1])
    #expect(agree(outcome.policyValues, [0.75, 0.4]))  // 1.5 / 2, and 0.8 / 2 where it is clipped
    #expect(agree(outcome.penaltyValues, [0.1 * (1 - log(2)) / 2, 0]))
    #expect(agree(outcome.gradient, [(1.5 - 0.1) / 2, 0]))
    #expect(agree(try #require(outcome.divergences), [1 - log(2), 0]))
    #expect(outcome.ratios.lowCount == 1)
    // The geometric mean of both ratios, √0.9, is not clipped.
    let sequence = GRPOLoss(.dapo, level: .sequence).evaluate(tokens, advantages: [-1])
    let mean = sqrt(0.9)
    #expect(agree(sequence.values, [mean, mean]))
    #expect(agree(sequence.gradient, [mean, mean]))
    #expect(sequence.ratios.count == 1)
    // The weight is at most 1.25, and constant: −A w log π has the derivative −A w.
    let bounded = GRPOLoss(.cispo, maximumWeight: 1.25).evaluate(tokens, advantages: [2])
    #expect(agree(bounded.values, [-2.5 * log(1.5), -1.2 * log(0.6)]))
    #expect(agree(bounded.gradient, [-2.5, -1.2]))
    #expect(bounded.ratios.highCount == 1)
  }

  @Test("the gradient matches central differences", arguments: GRPOLoss.Kind.allCases, levels)
  func centralDifferences(kind: GRPOLoss.Kind, level: GRPOLoss.ImportanceLevel) {
    for (beta, estimator) in [(0.0, KLEstimator.k3), (0.3, .k3), (0.3, .k2)] {
      let loss = GRPOLoss(
        kind, level: level, clipRange: ClipRange(0.15, high: 0.25, ceiling: 1.6),
        maximumWeight: 1.3, beta: beta, estimator: estimator)
      for advantages in [advantages, advantages.map { -$0 }] {
        let outcome = loss.evaluate(.moved, advantages: advantages)
        for token in PolicyTokens.moved.policy.indices {
          // No gradient flows through the weight of cispo, so it is held constant here.
          let expected = centralDifference(at: PolicyTokens.moved.policy[token]) {
            loss.evaluate(
              .moved.replacing(token, with: $0, movingBehavior: kind == .cispo),
              advantages: advantages
            ).values.reduce(0, +)
          }
          #expect(abs(outcome.gradient[token] - expected) < 1e-6, "β \(beta), \(estimator)")
        }
      }
    }
  }

  @Test("a policy that sampled itself has the gradient −w A", arguments: levels)
  func onPolicy(level: GRPOLoss.ImportanceLevel) {
    let tokens = PolicyTokens(policy: [-1, -2, -3], tokenCounts: [2, 0, 1])
    for kind in GRPOLoss.Kind.allCases {
      let outcome = GRPOLoss(kind, level: level).evaluate(tokens, advantages: advantages)
      let weight = kind == .grpo ? 0.5 : 1
      #expect(outcome.gradient == [-1.5 * weight, -1.5 * weight, 0.5], "\(kind)")
      #expect(outcome.divergences == nil)
    }
  }

  @Test("cutting a batch changes nothing", arguments: GRPOLoss.Kind.allCases, levels)
  func microBatches(kind: GRPOLoss.Kind, level: GRPOLoss.ImportanceLevel) {
    let loss = GRPOLoss(kind, level: level, beta: 0.2)
    let whole = loss.evaluate(.moved, advantages: advantages)
    var (values, gradient, ratios) = ([Double](), [Double](), RatioStatistics())
    for (range, advantage) in zip(PolicyTokens.moved.sequences, advantages) {
      let part = PolicyTokens(
        policy: Array(PolicyTokens.moved.policy[range]),
        behavior: Array(PolicyTokens.moved.behavior[range]),
        reference: PolicyTokens.moved.reference.map { Array($0[range]) },
        tokenCounts: [range.count])
      let outcome = loss.evaluate(part, advantages: [advantage])
      values += outcome.values
      gradient += outcome.gradient
      ratios.add(outcome.ratios)
    }
    #expect(values == whole.values)
    #expect(gradient == whole.gradient)
    #expect(ratios == whole.ratios)
  }

  @Test("without β, a group that says nothing has neither value nor gradient; with it, it has")
  func zeroAdvantage() {
    let nothing = GRPOLoss(.dapo).evaluate(.moved, advantages: [0, 0, 0])
    #expect(nothing.values.allSatisfy { $0 == 0 } && nothing.gradient.allSatisfy { $0 == 0 })
    // The reference is there without need: its divergence is a metric, not a term.
    #expect(nothing.divergences?.contains { $0 > 0 } == true)
    let held = GRPOLoss(.dapo, beta: 0.1).evaluate(.moved, advantages: [0, 0, 0])
    #expect(held.gradient.contains { $0 != 0 })
    #expect(held.values.allSatisfy { $0 >= 0 })
  }

  @Test("parameters out of range, and a reference that is missing")
  func limits() async {
    await #expect(processExitsWith: .failure) { _ = GRPOLoss(.grpo, beta: -1) }
    await #expect(processExitsWith: .failure) { _ = GRPOLoss(.cispo, maximumWeight: 0) }
    await #expect(processExitsWith: .failure) {
      _ = GRPOLoss(.grpo, beta: 1).evaluate(
        PolicyTokens(policy: [0], tokenCounts: [1]), advantages: [1])
    }
  }
}
