import Objectives
import Testing

/// Log probabilities of pairs whose completions have the given lengths.
private func pairs(
  _ chosen: [Double], _ rejected: [Double], tokens: (chosen: Int, rejected: Int) = (4, 2)
) -> PairLogProbabilities {
  PairLogProbabilities(
    chosen: chosen, rejected: rejected,
    chosenTokens: chosen.map { _ in tokens.chosen },
    rejectedTokens: rejected.map { _ in tokens.rejected })
}

private let variants: [DPOVariant] = [
  .sigmoid(), .sigmoid(labelSmoothing: 0.1), .sigmoid(labelSmoothing: 0.5), .ipo, .hinge,
]

@Suite("DPO loss: values by hand")
struct DPOLossValueTests {
  // h_w = −10 − −12 = 2 and h_l = −9 − −8 = −1, so h_w − h_l = 3; β = 0.5, z = 1.5.
  let policy = pairs([-10], [-9])
  let reference = pairs([-12], [-8])

  @Test("sigmoid: −log σ(1.5)")
  func sigmoidValue() {
    let outcome = DPOLoss(beta: 0.5).evaluate(policy: policy, reference: reference)
    // log(1 + e^−1.5) = log 1.223130 = 0.201413; β σ(−1.5) = 0.5 × 0.182426 = 0.091213
    #expect(abs(outcome.values[0] - 0.201413) < 1e-6)
    #expect(abs(outcome.gradient.chosen[0] - -0.091213) < 1e-6)
    #expect(abs(outcome.gradient.rejected[0] - 0.091213) < 1e-6)
  }

  @Test("sigmoid with smoothing: 0.9 × 0.201413 + 0.1 × 1.701413")
  func smoothedValue() {
    let outcome = DPOLoss(beta: 0.5, variant: .sigmoid(labelSmoothing: 0.1))
      .evaluate(policy: policy, reference: reference)
    // −log σ(−1.5) = 1.5 + 0.201413; 0.5 × (−0.9 × 0.182426 + 0.1 × 0.817574) = −0.041213
    #expect(abs(outcome.values[0] - 0.351413) < 1e-6)
    #expect(abs(outcome.gradient.chosen[0] - -0.041213) < 1e-6)
    #expect(abs(outcome.gradient.rejected[0] - 0.041213) < 1e-6)
  }

  @Test("ipo: (2/4 − −1/2 − 1/(2 × 0.25))² = (1 − 2)² = 1")
  func ipoValue() {
    let outcome = DPOLoss(beta: 0.25, variant: .ipo).evaluate(policy: policy, reference: reference)
    #expect(outcome.values == [1])
    // 2 × (−1) / 4 tokens, and −2 × (−1) / 2 tokens
    #expect(outcome.gradient == PairGradient(chosen: [-0.5], rejected: [1]))
  }

  @Test("hinge: max(0, 1 − 0.25 × 3) = 0.25; beyond the margin nothing")
  func hingeValue() {
    let inside = DPOLoss(beta: 0.25, variant: .hinge).evaluate(policy: policy, reference: reference)
    #expect(inside.values == [0.25])
    #expect(inside.gradient == PairGradient(chosen: [-0.25], rejected: [0.25]))
    let beyond = DPOLoss(beta: 0.5, variant: .hinge).evaluate(policy: policy, reference: reference)
    #expect(beyond.values == [0])
    #expect(beyond.gradient == PairGradient(chosen: [0], rejected: [0]))
  }

  @Test("implicit rewards are β times the summed log ratio in every variant", arguments: variants)
  func rewards(variant: DPOVariant) {
    let outcome = DPOLoss(beta: 0.5, variant: variant).evaluate(
      policy: pairs([-10, -10, -10], [-9, -11, -9]),
      reference: pairs([-12, -12, -9], [-8, -13, -9])
    )
    #expect(outcome.chosenRewards == [1, 1, -0.5])  // 0.5 × (2, 2, −1)
    #expect(outcome.rejectedRewards == [-0.5, 1, 0])  // 0.5 × (−1, 2, 0)
    #expect(outcome.rewardMargins == [1.5, 0, -0.5])
    #expect(outcome.rewardAccuracies == [1, 0, 0])  // a tie is not a success
  }
}

@Suite("DPO loss: gradient")
struct DPOLossGradientTests {
  @Test(
    "matches central differences on both sides",
    arguments: variants, [-700, -40, -2, 0, 0.3, 2, 40, 700] as [Double])
  func matchesDifferences(variant: DPOVariant, margin: Double) {
    let loss = DPOLoss(beta: 1, variant: variant)
    let reference = pairs([0], [0])
    // Half of the margin on either side, so that both log ratios are large.
    let (chosen, rejected) = (margin / 2, -margin / 2)
    let outcome = loss.evaluate(
      policy: pairs([chosen], [rejected]), reference: reference, weights: [1.5])
    let byChosen = centralDifference(at: chosen) {
      loss.evaluate(policy: pairs([$0], [rejected]), reference: reference, weights: [1.5]).values[0]
    }
    let byRejected = centralDifference(at: rejected) {
      loss.evaluate(policy: pairs([chosen], [$0]), reference: reference, weights: [1.5]).values[0]
    }
    #expect(agree(byChosen, outcome.gradient.chosen[0]))
    #expect(agree(byRejected, outcome.gradient.rejected[0]))
  }

  /// Relative error below 1e-6; where the derivative is exactly 0, a difference of pure rounding.
  private func agree(_ difference: Double, _ derivative: Double) -> Bool {
    derivative == 0 ? abs(difference) < 1e-11 : relativeError(difference, derivative) < 1e-6
  }

  @Test("scales with β", arguments: variants, [0.01, 0.1, 2.5])
  func matchesDifferencesForBeta(variant: DPOVariant, beta: Double) {
    let loss = DPOLoss(beta: beta, variant: variant)
    let reference = pairs([-31], [-22])
    let gradient = loss.evaluate(policy: pairs([-30.4], [-22.3]), reference: reference).gradient
    let byChosen = centralDifference(at: -30.4) {
      loss.evaluate(policy: pairs([$0], [-22.3]), reference: reference).values[0]
    }
    let byRejected = centralDifference(at: -22.3) {
      loss.evaluate(policy: pairs([-30.4], [$0]), reference: reference).values[0]
    }
    #expect(relativeError(byChosen, gradient.chosen[0]) < 1e-6)
    #expect(relativeError(byRejected, gradient.rejected[0]) < 1e-6)
  }

  @Test("pulls the chosen side up and the rejected side down at the start", arguments: variants)
  func isNotZeroAtTheStart(variant: DPOVariant) {
    guard variant != .sigmoid(labelSmoothing: 0.5) else { return }  // says nothing at a tie: below
    let same = pairs([-20, -35], [-25, -30])
    let gradient = DPOLoss(beta: 0.1, variant: variant).evaluate(policy: same, reference: same)
      .gradient
    // Descending the loss raises what has a negative derivative.
    #expect(gradient.chosen.allSatisfy { $0 < 0 })
    #expect(gradient.rejected.allSatisfy { $0 > 0 })
  }

  @Test("a well separated pair keeps the digits of its tiny gradient")
  func tinyGradient() {
    let gradient = DPOLoss(beta: 1).evaluate(
      policy: pairs([300], [-400]), reference: pairs([0], [0])
    )
    .gradient
    #expect(relativeError(gradient.chosen[0], -9.859676543759770e-305) < 1e-13)  // −e^−700
  }
}

@Suite("DPO loss: laws")
struct DPOLossLawTests {
  @Test("log 2 while the policy is the reference", arguments: [0, 0.1, 0.5])
  func startsAtLogTwo(labelSmoothing: Double) {
    let same = pairs([-20, -1e4], [-25, -3])
    let outcome = DPOLoss(beta: 0.1, variant: .sigmoid(labelSmoothing: labelSmoothing))
      .evaluate(policy: same, reference: same)
    for value in outcome.values { #expect(abs(value - 0.6931471805599453) < 1e-15) }
  }

  @Test("smoothing of one half sees both sides alike")
  func evenSmoothing() {
    let loss = DPOLoss(beta: 0.3, variant: .sigmoid(labelSmoothing: 0.5))
    let reference = pairs([0, 0], [0, 0])
    let outcome = loss.evaluate(policy: pairs([2, -1], [-1, 2]), reference: reference)
    #expect(abs(outcome.values[0] - outcome.values[1]) < 1e-15)
    #expect(abs(outcome.gradient.chosen[0] + outcome.gradient.chosen[1]) < 1e-15)
  }

  @Test("swapping the sides is the wrong judgment: L(−z) = L(z) + z")
  func swappedSides() {
    let (policy, swapped) = (pairs([2], [-1], tokens: (3, 3)), pairs([-1], [2], tokens: (3, 3)))
    let reference = pairs([0], [0], tokens: (3, 3))
    let loss = DPOLoss(beta: 0.5)
    let value = loss.evaluate(policy: policy, reference: reference).values[0]
    let wrong = loss.evaluate(policy: swapped, reference: reference).values[0]
    #expect(abs(wrong - value - 1.5) < 1e-15)
    // and smoothing is the mixture of the two
    let mixed = DPOLoss(beta: 0.5, variant: .sigmoid(labelSmoothing: 0.25))
      .evaluate(policy: policy, reference: reference).values[0]
    #expect(abs(mixed - (0.75 * value + 0.25 * wrong)) < 1e-15)
  }

  @Test("what policy and reference share cancels", arguments: variants)
  func shiftInvariance(variant: DPOVariant) {
    // Log ratios are all that is seen; powers of two add without rounding.
    let loss = DPOLoss(beta: 0.25, variant: variant)
    let plain = loss.evaluate(policy: pairs([2], [-1]), reference: pairs([0.5], [0.25]))
    let shifted = loss.evaluate(policy: pairs([-62], [-129]), reference: pairs([-63.5], [-127.75]))
    #expect(plain == shifted)
  }

  @Test("pairs do not see each other, and weights count them", arguments: variants)
  func pairsAreIndependent(variant: DPOVariant) {
    let loss = DPOLoss(beta: 0.25, variant: variant)
    let reference = pairs([0, 0, 0], [0, 0, 0])
    let batch = loss.evaluate(
      policy: pairs([2, 0.5, -3], [-1, 1, 1]), reference: reference, weights: [1, 0, 2])
    let rows: [(chosen: Double, rejected: Double, weight: Double)] = [
      (2, -1, 1), (0.5, 1, 0), (-3, 1, 2),
    ]
    for (index, (chosen, rejected, weight)) in rows.enumerated() {
      let alone = loss.evaluate(policy: pairs([chosen], [rejected]), reference: pairs([0], [0]))
      #expect(batch.values[index] == weight * alone.values[0])
      #expect(batch.gradient.chosen[index] == weight * alone.gradient.chosen[0])
      #expect(batch.gradient.rejected[index] == weight * alone.gradient.rejected[0])
      #expect(batch.rewardMargins[index] == alone.rewardMargins[0])
    }
  }

  @Test("ipo aims at a mean margin of 1 / 2β and does not stop there")
  func ipoTarget() {
    let loss = DPOLoss(beta: 0.25, variant: .ipo)
    let reference = pairs([0, 0], [0, 0])
    // Target 2: 4 tokens at +1 and 2 tokens at −1 reach it; twice that is beyond.
    let outcome = loss.evaluate(policy: pairs([4, 8], [-2, -4]), reference: reference)
    #expect(outcome.values == [0, 4])
    #expect(outcome.gradient.chosen == [0, 1])
  }

  @Test("a NaN is passed on, never taken for a perfect pair", arguments: variants)
  func nan(variant: DPOVariant) {
    let outcome = DPOLoss(beta: 0.1, variant: variant)
      .evaluate(policy: pairs([.nan, 1], [0, 0]), reference: pairs([0, 0], [0, 0]))
    #expect(outcome.values[0].isNaN)
    #expect(outcome.values[1].isFinite)
  }

  @Test("an impossible completion has an infinite loss and a finite gradient")
  func infiniteMargin() {
    let outcome = DPOLoss(beta: 0.1)
      .evaluate(
        policy: pairs([-.infinity, 0], [0, -.infinity]), reference: pairs([0, 0], [0, 0]))
    #expect(outcome.values == [.infinity, 0])
    #expect(outcome.gradient.chosen == [-0.1, 0])
  }

  @Test("parameters out of range are programming errors")
  func preconditions() async {
    await #expect(processExitsWith: .failure) { _ = DPOLoss(beta: 0) }
    await #expect(processExitsWith: .failure) {
      _ = DPOLoss(beta: 0.1, variant: .sigmoid(labelSmoothing: 0.6))
    }
    await #expect(processExitsWith: .failure) {
      _ = PairLogProbabilities(
        chosen: [1], rejected: [1], chosenTokens: [0], rejectedTokens: [1])
    }
  }
}
