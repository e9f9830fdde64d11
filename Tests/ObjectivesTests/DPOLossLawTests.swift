import Objectives
import Testing

@Suite("DPO family: laws")
struct DPOLossLawTests {
  @Test("log 2 while the policy is the reference", arguments: [0, 0.1, 0.5])
  func startsAtLogTwo(labelSmoothing: Double) {
    let same = pairs([-20, -1e4], [-25, -3])
    for variant in [
      .sigmoid(labelSmoothing: labelSmoothing), .aot(labelSmoothing: labelSmoothing),
      .sigmoidNorm(),
      .robust(labelSmoothing: 0.1),
    ] as [DPOVariant] {
      let outcome = DPOLoss(beta: 0.1, variant: variant).evaluate(batch(same, same))
      for value in outcome.values { #expect(abs(value - 0.6931471805599453) < 1e-15) }
    }
  }

  @Test("smoothing of one half sees both sides alike")
  func evenSmoothing() {
    let loss = DPOLoss(beta: 0.3, variant: .sigmoid(labelSmoothing: 0.5))
    let outcome = loss.evaluate(batch(pairs([2, -1], [-1, 2]), pairs([0, 0], [0, 0])))
    #expect(abs(outcome.values[0] - outcome.values[1]) < 1e-15)
    #expect(abs(outcome.gradient.chosen[0] + outcome.gradient.chosen[1]) < 1e-15)
  }

  @Test("swapping the sides is the wrong judgment: L(−z) = L(z) + z")
  func swappedSides() {
    let (policy, swapped) = (pairs([2], [-1], tokens: (3, 3)), pairs([-1], [2], tokens: (3, 3)))
    let reference = pairs([0], [0], tokens: (3, 3))
    func value(_ variant: DPOVariant, _ policy: PairLogProbabilities) -> Double {
      DPOLoss(beta: 0.5, variant: variant).evaluate(batch(policy, reference)).values[0]
    }
    let (right, wrong) = (value(.sigmoid(), policy), value(.sigmoid(), swapped))
    #expect(abs(wrong - right - 1.5) < 1e-15)
    // Smoothing is the mixture of the two, and robust what has the right one as its mixture.
    #expect(
      abs(value(.sigmoid(labelSmoothing: 0.25), policy) - (0.75 * right + 0.25 * wrong)) < 1e-15)
    let robust =
      (0.75 * value(.robust(labelSmoothing: 0.25), policy))
      + 0.25 * value(.robust(labelSmoothing: 0.25), swapped)
    #expect(abs(robust - right) < 1e-15)
  }

  @Test("exo is at its minimum, 0, where the policy's odds are those of the judgment")
  func exoMinimum() {
    let outcome = DPOLoss(beta: 1, variant: .exoPair(labelSmoothing: 0.1))
      .evaluate(batch(pairs([2.1972245773362196], [0]), pairs([0], [0])))  // log 9
    #expect(abs(outcome.values[0]) < 1e-15)
    #expect(abs(outcome.gradient.chosen[0]) < 1e-15)
  }

  @Test(
    "what policy and reference share cancels",
    arguments: referencedVariants + divergences.flatMap(variants(under:)) + [.aotUnpaired()])
  func shiftInvariance(variant: DPOVariant) {
    // Log ratios are all that is seen; powers of two add without rounding.
    let loss = DPOLoss(beta: 0.25, variant: variant)
    let plain = loss.evaluate(batch(pairs([2], [-1]), pairs([0.5], [0.25])))
    let shifted = loss.evaluate(batch(pairs([-62], [-129]), pairs([-63.5], [-127.75])))
    #expect(plain == shifted)
  }

  @Test("the reference has no say in a loss without one", arguments: referenceFreeVariants)
  func referenceFree(variant: DPOVariant) {
    let loss = DPOLoss(beta: 0.25, variant: variant)
    let policy = pairs([-12], [-11])
    #expect(loss.evaluate(PreferenceBatch(policy: policy)) == loss.evaluate(batch(policy, policy)))
  }

  @Test(
    "pairs do not see each other, and weights count them",
    arguments: referencedVariants + referenceFreeVariants)
  func pairsAreIndependent(variant: DPOVariant) {
    let loss = DPOLoss(beta: 0.25, variant: variant)
    let together = loss.evaluate(
      batch(
        pairs([-2, -0.5, -3], [-1, -1, -4]), pairs([-1, -1, -1], [-1, -2, -3]), weights: [1, 0, 2]))
    let rows: [(policy: (Double, Double), reference: (Double, Double), weight: Double)] = [
      ((-2, -1), (-1, -1), 1), ((-0.5, -1), (-1, -2), 0), ((-3, -4), (-1, -3), 2),
    ]
    for (index, row) in rows.enumerated() {
      let alone = loss.evaluate(
        batch(
          pairs([row.policy.0], [row.policy.1]), pairs([row.reference.0], [row.reference.1])))
      #expect(together.values[index] == row.weight * alone.values[0])
      #expect(together.gradient.chosen[index] == row.weight * alone.gradient.chosen[0])
      #expect(together.gradient.rejected[index] == row.weight * alone.gradient.rejected[0])
      #expect(together.rewardMargins[index] == alone.rewardMargins[0])
    }
  }

  @Test("a coupled loss does not mind the order of the pairs", arguments: coupledVariants)
  func permutation(variant: DPOVariant) {
    let loss = DPOLoss(beta: 0.25, variant: variant)
    let (chosen, rejected) = ([-2.0, -0.5, -3, -7], [-1.0, -4, -3, -2])
    let reference = ([-1.0, -2, -5, -3], [-2.0, -3, -1, -4])
    let order = [2, 0, 3, 1]
    func permuted(_ numbers: [Double]) -> [Double] { order.map { numbers[$0] } }
    let plain = loss.evaluate(batch(pairs(chosen, rejected), pairs(reference.0, reference.1)))
    let mixed = loss.evaluate(
      batch(
        pairs(permuted(chosen), permuted(rejected)),
        pairs(permuted(reference.0), permuted(reference.1))))
    #expect(mixed.values == permuted(plain.values))
    #expect(mixed.gradient.chosen == permuted(plain.gradient.chosen))
    #expect(mixed.gradient.rejected == permuted(plain.gradient.rejected))
  }

  @Test("an outcome that is split has the same pairs, in order")
  func split() async {
    let whole = DPOLoss(beta: 0.25, parts: [.init(.aot()), .init(.likelihood)])
      .evaluate(
        PreferenceBatch(
          policy: pairs([-2, -0.5, -3], [-1, -4, -3]),
          reference: pairs([-1, -2, -5], [-2, -3, -1]),
          chosenLikelihoods: [-3, -1, -4]))
    let parts = whole.split(into: [2, 0, 1])
    #expect(parts.map(\.values.count) == [2, 0, 1])
    #expect(parts.flatMap(\.values) == whole.values)
    #expect(parts.flatMap(\.gradient.chosen) == whole.gradient.chosen)
    #expect(parts.flatMap(\.gradient.rejected) == whole.gradient.rejected)
    #expect(parts.flatMap { $0.likelihoodGradient ?? [] } == whole.likelihoodGradient)
    #expect(parts.flatMap(\.chosenRewards) == whole.chosenRewards)
    #expect(parts.flatMap(\.rejectedRewards) == whole.rejectedRewards)
    await #expect(processExitsWith: .failure) {
      _ = DPOLoss(beta: 1).evaluate(batch(pairs([-1], [-1]), pairs([-1], [-1]))).split(into: [2])
    }
  }

  @Test("optimal transport of a single pair is the logistic loss", arguments: [0, 0.1])
  func singlePair(labelSmoothing: Double) {
    let pair = batch(pairs([-10], [-9]), pairs([-12], [-8]))
    let sigmoid = DPOLoss(beta: 0.3, variant: .sigmoid(labelSmoothing: labelSmoothing))
      .evaluate(pair)
    for variant in [
      .aot(labelSmoothing: labelSmoothing), .aotUnpaired(labelSmoothing: labelSmoothing),
    ] as [DPOVariant] {
      #expect(DPOLoss(beta: 0.3, variant: variant).evaluate(pair) == sigmoid)
    }
  }

  @Test("ipo aims at a mean margin of 1 / 2β and does not stop there")
  func ipoTarget() {
    let loss = DPOLoss(beta: 0.25, variant: .ipo())
    // Target 2: 4 tokens at +1 and 2 tokens at −1 reach it; twice that is beyond.
    let outcome = loss.evaluate(batch(pairs([4, 8], [-2, -4]), pairs([0, 0], [0, 0])))
    #expect(outcome.values == [0, 4])
    #expect(outcome.gradient.chosen == [0, 1])
  }

  @Test(
    "a margin is a pair's own, and of no effect where there is no logit", arguments: allVariants)
  func margins(variant: DPOVariant) {
    let loss = DPOLoss(beta: 0.25, variant: variant)
    let (policy, reference) = (pairs([-2, -7], [-5, -1]), pairs([-1, -6], [-3, -2]))
    let plain = loss.evaluate(batch(policy, reference))
    #expect(loss.evaluate(batch(policy, reference, margins: [0, 0])) == plain)
    let demanding = loss.evaluate(batch(policy, reference, margins: [0, 0.125]))
    #expect((demanding != plain) == variant.usesMargins)
    #expect(demanding.values[0] == plain.values[0])
  }
}
