import Objectives
import Testing

@Suite("Policy weighting")
struct PolicyWeightingTests {
  @Test("a token counts by its probability over the expected one")
  func byHand() {
    // Chosen: log p − log Σp² = −1 − −2 = 1 and −3 − −2 = −1, mean 0. Rejected: −0.5 − −1 = 0.5.
    let sequences = SequenceLogProbability(spans: [0..<2, 2..<3])
    let weights = PolicyWeighting.pairWeights(
      tokenLogProbabilities: [-1, -3, -0.5], logSumsOfSquares: [-2, -2, -1], of: sequences)
    #expect(weights.count == 1)
    #expect(abs(weights[0] - 1.648721) < 1e-6)  // e^0.5
  }

  @Test("a policy without preferences weighs every pair 1")
  func uniform() {
    // p = 1/50 for all tokens: Σp² = 1/50.
    let tokens = [Float](repeating: -3.912023, count: 9)
    let weights = PolicyWeighting.pairWeights(
      tokenLogProbabilities: tokens, logSumsOfSquares: tokens,
      of: SequenceLogProbability(
        spans: [0..<2, 2..<3, 3..<8, 8..<9], isCompletionToken: [Bool](repeating: true, count: 9)))
    #expect(weights == [1, 1])
  }
}
