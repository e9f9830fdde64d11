import Objectives
import Testing

@Suite("Aggregation of GRPO losses")
struct GRPOAggregationTests {
  private let rollout = GRPOAggregation.Rollout(tokenCount: 50, batches: 4)

  @Test(
    "denominators by hand: three completions of 3, 0 and 5 tokens, a quarter of a rollout of 50",
    arguments: [
      (GRPOLoss.Kind.grpo, 3.0), (.bnpo, 8), (.drGRPO, 30), (.dapo, 12.5), (.cispo, 12.5),
    ])
  func denominators(kind: GRPOLoss.Kind, expected: Double) {
    let aggregation = GRPOAggregation(kind, maximumCompletionLength: 10)
    #expect(aggregation.denominator(tokenCounts: [3, 0, 5], rollout: rollout) == expected)
  }

  @Test("a rollout of one optimizer batch: dapo is bnpo, and equal lengths make it grpo")
  func agreements() {
    let tokens = PolicyTokens(
      policy: [-1, -2, -3, -4], behavior: [-1.1, -2, -2.5, -4.5], tokenCounts: [2, 2])
    let losses = [GRPOLoss.Kind.grpo, .bnpo, .dapo].map { kind in
      let sum = GRPOLoss(kind).evaluate(tokens, advantages: [1, -1]).values.reduce(0, +)
      return sum
        / GRPOAggregation(kind, maximumCompletionLength: 8).denominator(tokenCounts: [2, 2])
    }
    #expect(agree(losses[0], losses[1]))
    #expect(losses[1] == losses[2])
  }

  @Test("a batch of nothing is divided by 1")
  func empty() async {
    for kind in GRPOLoss.Kind.allCases {
      let aggregation = GRPOAggregation(kind, maximumCompletionLength: 1)
      #expect(aggregation.denominator(tokenCounts: []) == 1)
      #expect(
        aggregation.denominator(tokenCounts: [0], rollout: .init(tokenCount: 0, batches: 1)) == 1)
      #expect(kind.weight(tokenCount: 0) == 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = GRPOAggregation(.grpo, maximumCompletionLength: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = GRPOAggregation.Rollout(tokenCount: 1, batches: 0)
    }
  }
}
