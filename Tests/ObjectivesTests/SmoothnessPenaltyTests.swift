import Objectives
import Testing

@Suite("Smoothness penalty")
struct SmoothnessPenaltyTests {
  @Test("hand-worked scores, weights and both gradients")
  func handWorked() {
    let outcome = SmoothnessPenalty(coefficient: 0.5).evaluate(
      scores: [1, 2, 0], perturbed: [3, 2, -1e4], weights: [1, 1, 0])
    #expect(outcome.values == [2, 0, 0])
    #expect(outcome.byScore == [-2, 0, 0])
    #expect(outcome.byPerturbedScore == [2, 0, 0])
  }

  @Test("gradient matches central differences", arguments: [-1e4, -1, 0.5, 3] as [Double])
  func gradientMatchesDifferences(score: Double) {
    let penalty = SmoothnessPenalty(coefficient: 0.3)
    let outcome = penalty.evaluate(scores: [score], perturbed: [0.25], weights: [2])
    let byScore = centralDifference(at: score, step: 1e-2) {
      penalty.evaluate(scores: [$0], perturbed: [0.25], weights: [2]).values[0]
    }
    let byPerturbed = centralDifference(at: 0.25, step: 1e-2) {
      penalty.evaluate(scores: [score], perturbed: [$0], weights: [2]).values[0]
    }
    #expect(relativeError(byScore, outcome.byScore[0]) < 1e-6)
    #expect(relativeError(byPerturbed, outcome.byPerturbedScore[0]) < 1e-6)
  }
}
