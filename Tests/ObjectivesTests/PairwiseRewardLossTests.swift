import Objectives
import Testing

@Suite("Pairwise reward loss")
struct PairwiseRewardLossTests {
  let loss = PairwiseRewardLoss()

  @Test("value and gradient of hand-worked pairs")
  func handWorked() {
    let outcome = loss.evaluate(
      chosen: [2, 1, 0], rejected: [1, 3, 0], margins: [0, 0.5, 0], weights: [1, 2, 0.5])
    // Pair 0: z = 1          −log σ(1)    = log(1 + e^−1)  = 0.313262, derivative −σ(−1)    = −0.268941
    // Pair 1: z = −2.5, w 2  −2 log σ(z)  = 2 log(1 + e^2.5) = 5.157779, derivative −2 σ(2.5) = −1.848284
    // Pair 2: z = 0, w ½     ½ log 2      = 0.346574, derivative −¼
    for (seen, expected) in zip(outcome.values, [0.313262, 5.157779, 0.346574]) {
      #expect(abs(seen - expected) < 1e-6)
    }
    for (seen, expected) in zip(outcome.gradient.chosen, [-0.268941, -1.848284, -0.25]) {
      #expect(abs(seen - expected) < 1e-6)
    }
    #expect(outcome.gradient.rejected == outcome.gradient.chosen.map(-))
  }

  @Test("metrics of each pair: a tie is not agreement, margins are scores alone")
  func metrics() {
    let outcome = loss.evaluate(chosen: [2, 1, 0], rejected: [1, 3, 0], margins: [9, 9, 9])
    #expect(outcome.accuracies == [1, 0, 0])
    #expect(outcome.scoreMargins == [1, -2, 0])
    #expect(outcome.meanScores == [1.5, 2, 0])
  }

  @Test(
    "gradient matches central differences and is not zero",
    arguments: [-700, -40, -3, 0, 0.25, 3, 40, 700] as [Double], [0, 0.5, -2] as [Double])
  func gradientMatchesDifferences(scoreMargin: Double, margin: Double) {
    let gradient = loss.evaluate(
      chosen: [scoreMargin], rejected: [0], margins: [margin], weights: [0.75]
    ).gradient
    let byChosen = centralDifference(at: scoreMargin) {
      loss.evaluate(chosen: [$0], rejected: [0], margins: [margin], weights: [0.75]).values[0]
    }
    let byRejected = centralDifference(at: 0) {
      loss.evaluate(chosen: [scoreMargin], rejected: [$0], margins: [margin], weights: [0.75])
        .values[0]
    }
    #expect(relativeError(byChosen, gradient.chosen[0]) < 1e-6)
    #expect(relativeError(byRejected, gradient.rejected[0]) < 1e-6)
    #expect(gradient.chosen[0] < 0)
    #expect(gradient.rejected[0] > 0)
  }

  @Test("a constant added to all scores changes nothing", arguments: [-64, 0.5, 1024] as [Double])
  func shiftInvariance(shift: Double) {
    // Multiples of 1/8 beside shifts below 2^40 add without rounding: equality is exact.
    let (chosen, rejected) = ([1.5, -0.25, 3], [0.125, 2, 3])
    let plain = loss.evaluate(chosen: chosen, rejected: rejected)
    let shifted = loss.evaluate(
      chosen: chosen.map { $0 + shift }, rejected: rejected.map { $0 + shift })
    #expect(shifted.values == plain.values)
    #expect(shifted.gradient == plain.gradient)
  }

  @Test("the two outcomes of a comparison have probabilities that add to 1")
  func swappedSides() {
    // e^−L is the probability of the judgment, and its opposite has the sides swapped.
    let one = loss.evaluate(chosen: [1.25], rejected: [-0.5])
    let other = loss.evaluate(chosen: [-0.5], rejected: [1.25])
    // L(z) − L(−z) = −z
    #expect(abs(one.values[0] - other.values[0] + 1.75) < 1e-15)
    // σ(−z) + σ(z) = 1
    #expect(abs(one.gradient.chosen[0] + other.gradient.chosen[0] + 1) < 1e-15)
  }

  @Test("a margin for all pairs is added to that of each")
  func fixedMargin() {
    let fixed = PairwiseRewardLoss(margin: 0.5)
    #expect(
      fixed.evaluate(chosen: [2, 1], rejected: [1, 3]).values
        == loss.evaluate(chosen: [2, 1], rejected: [1, 3], margins: [0.5, 0.5]).values)
    #expect(
      fixed.evaluate(chosen: [2, 1], rejected: [1, 3], margins: [0.25, 1]).values
        == loss.evaluate(chosen: [2, 1], rejected: [1, 3], margins: [0.75, 1.5]).values)
  }

  @Test("a soft label is met exactly where the probability of the judgment is its own")
  func softLabels() {
    // At σ(Δ) = q the loss is the entropy of q and its derivative 0.
    for (probability, logOdds) in [(0.5, 0), (0.75, 1.0986122886681098), (0.1, -2.197224577336219)]
    {
      let outcome = loss.evaluate(
        chosen: [logOdds + 3], rejected: [3], chosenProbabilities: [probability])
      let entropy = -probability * logSigmoid(logOdds) - (1 - probability) * logSigmoid(-logOdds)
      #expect(abs(outcome.values[0] - entropy) < 1e-12)
      #expect(abs(outcome.gradient.chosen[0]) < 1e-12)
    }
  }

  @Test("a soft label is a mixture of both judgments, of which only the first has a margin")
  func softLabelMixture() {
    let soft = loss.evaluate(
      chosen: [1.25], rejected: [-0.5], margins: [2], chosenProbabilities: [0.7])
    let judgment = loss.evaluate(chosen: [1.25], rejected: [-0.5], margins: [2])
    let opposite = loss.evaluate(chosen: [-0.5], rejected: [1.25])
    #expect(abs(soft.values[0] - 0.7 * judgment.values[0] - 0.3 * opposite.values[0]) < 1e-15)
    let certain = loss.evaluate(
      chosen: [1.25], rejected: [-0.5], margins: [2], chosenProbabilities: [1])
    #expect(certain == judgment)
  }

  @Test(
    "soft labels and centring: gradient matches central differences",
    arguments: [-40, -3, 0, 0.25, 3, 40] as [Double], [0, 0.3, 1] as [Double])
  func extendedGradient(scoreMargin: Double, probability: Double) {
    let loss = PairwiseRewardLoss(margin: 0.5, centering: 0.02)
    func evaluate(_ chosen: Double, _ rejected: Double) -> PairwiseRewardOutcome {
      loss.evaluate(
        chosen: [chosen], rejected: [rejected], margins: [0.25], weights: [1.5],
        chosenProbabilities: [probability])
    }
    let gradient = evaluate(scoreMargin + 1, 1).gradient
    let byChosen = centralDifference(at: scoreMargin + 1) { evaluate($0, 1).values[0] }
    let byRejected = centralDifference(at: 1) { evaluate(scoreMargin + 1, $0).values[0] }
    #expect(abs(byChosen - gradient.chosen[0]) < 1e-6 * max(1, abs(byChosen)))
    #expect(abs(byRejected - gradient.rejected[0]) < 1e-6 * max(1, abs(byRejected)))
  }

  @Test("scores of ±10⁴ stay finite, and a weight of 0 leaves nothing")
  func extremes() {
    let outcome = PairwiseRewardLoss(centering: 0.01).evaluate(
      chosen: [1e4, -1e4, 1e4, -.infinity], rejected: [-1e4, 1e4, 1e4, 0], weights: [1, 1, 1, 0],
      chosenProbabilities: [0.9, 1, 0, 0.5])
    #expect(outcome.values.allSatisfy { $0.isFinite })
    #expect((outcome.gradient.chosen + outcome.gradient.rejected).allSatisfy { $0.isFinite })
    #expect(outcome.values[3] == 0 && outcome.gradient.chosen[3] == 0)
    #expect(outcome.comparisonValues[1] == 2e4 && outcome.centeringValues[1] == 0)
    // 10⁻² (2 · 10⁴)²
    #expect(outcome.centeringValues[2] == 4e6)
  }

  @Test("no pairs have no loss")
  func empty() {
    let outcome = loss.evaluate(chosen: [], rejected: [])
    #expect(outcome.values.isEmpty)
    #expect(outcome.gradient == PairGradient(chosen: [], rejected: []))
  }

  @Test("columns of different lengths are a programming error")
  func mismatch() async {
    await #expect(processExitsWith: .failure) {
      _ = PairwiseRewardLoss().evaluate(chosen: [1, 2], rejected: [1])
    }
  }
}
