import Objectives
import Testing

@Suite("DPO family: judgments that are true with a probability")
struct DPOProbabilityTests {
  private static let (chosen, rejected) = ([-10.5, -3.25, -22.0], [-9.0, -6.5, -19.25])

  private func evaluate(
    _ variant: DPOVariant, probability: Double?, reversed: Bool = false
  ) -> DPOOutcome {
    let sides = (pairs(Self.chosen, Self.rejected), pairs([-12.5, -4, -21], [-8.5, -5, -20.75]))
    func swapped(_ sides: PairLogProbabilities) -> PairLogProbabilities {
      PairLogProbabilities(
        chosen: sides.rejected, rejected: sides.chosen, chosenTokens: sides.rejectedTokens,
        rejectedTokens: sides.chosenTokens)
    }
    return DPOLoss(beta: 0.3, variant: variant).evaluate(
      PreferenceBatch(
        policy: reversed ? swapped(sides.0) : sides.0,
        reference: reversed ? swapped(sides.1) : sides.1,
        probabilities: probability.map { [$0, $0, $0] }))
  }

  private static let variants = allVariants.filter {
    DPOLoss(beta: 1, variant: $0).takesProbabilities
  }

  @Test(
    "of probability 1 nothing changes, and of 0 the pair is the other way round",
    arguments: variants)
  func ends(variant: DPOVariant) {
    #expect(evaluate(variant, probability: 1) == evaluate(variant, probability: nil))
    let (never, turned) = (
      evaluate(variant, probability: 0), evaluate(variant, probability: nil, reversed: true)
    )
    #expect(never.values == turned.values)
    #expect(never.gradient.chosen == turned.gradient.rejected)
    #expect(never.gradient.rejected == turned.gradient.chosen)
  }

  @Test("the loss is linear in the probability", arguments: variants)
  func linear(variant: DPOVariant) {
    let (one, zero, some) = (
      evaluate(variant, probability: 1), evaluate(variant, probability: 0),
      evaluate(variant, probability: 0.7)
    )
    for pair in 0..<3 {
      let expected = 0.7 * one.values[pair] + 0.3 * zero.values[pair]
      #expect(abs(some.values[pair] - expected) < 1e-12 * max(1, abs(expected)))
    }
  }

  // Mitchell's conservative DPO is what is to be expected where a share ε of the judgments is wrong.
  @Test(
    "label smoothing ε is the probability 1 − ε",
    arguments: [
      (.sigmoid(), .sigmoid(labelSmoothing: 0.2)),
      (.sigmoid(divergence: .forwardKL), .sigmoid(labelSmoothing: 0.2, divergence: .forwardKL)),
      (
        .cpo(labelSmoothing: 0, likelihoodWeight: 0),
        .cpo(labelSmoothing: 0.2, likelihoodWeight: 0)
      ),
    ] as [(DPOVariant, DPOVariant)])
  func smoothing(plain: DPOVariant, smoothed: DPOVariant) {
    let (seen, expected) = (
      evaluate(plain, probability: 0.8), evaluate(smoothed, probability: nil)
    )
    for pair in 0..<3 {
      #expect(relativeError(seen.values[pair], expected.values[pair]) < 1e-13)
      #expect(relativeError(seen.gradient.chosen[pair], expected.gradient.chosen[pair]) < 1e-12)
      #expect(relativeError(seen.gradient.rejected[pair], expected.gradient.rejected[pair]) < 1e-12)
    }
  }

  @Test("losses of one side alone, or of several pairs, take none")
  func refused() {
    let refusing = allVariants.filter { !DPOLoss(beta: 1, variant: $0).takesProbabilities }
    #expect(
      refusing == [.likelihood, .cpo(), .cpo(labelSmoothing: 0.1, likelihoodWeight: 0.3), .orpo]
        + coupledVariants)
  }
}
