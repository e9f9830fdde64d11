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
