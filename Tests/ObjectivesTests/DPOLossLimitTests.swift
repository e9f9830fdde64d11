import Objectives
import Testing

@Suite("DPO family: limits")
struct DPOLossLimitTests {
  @Test("a NaN is passed on, never taken for a perfect pair", arguments: allVariants)
  func nan(variant: DPOVariant) {
    let outcome = DPOLoss(beta: 0.1, variant: variant)
      .evaluate(batch(pairs([.nan, -1], [-1, -1]), pairs([-1, -1], [-1, -1])))
    #expect(outcome.values[0].isNaN)
    #expect(outcome.values[1].isFinite)
  }

  @Test("likewise on the rejected side, where it is looked at", arguments: allVariants)
  func rejectedNaN(variant: DPOVariant) {
    guard variant != .likelihood else { return }
    let outcome = DPOLoss(beta: 0.1, variant: variant)
      .evaluate(batch(pairs([-1], [.nan]), pairs([-1], [-1])))
    #expect(outcome.values[0].isNaN)
  }

  @Test("impossible completions never make a NaN", arguments: allVariants)
  func impossible(variant: DPOVariant) {
    let loss = DPOLoss(beta: 0.1, variant: variant)
    let reference = pairs([-1], [-1])
    for policy in [pairs([-.infinity], [-1]), pairs([-1], [-.infinity])] {
      let outcome = loss.evaluate(batch(policy, reference, margins: [1]))
      #expect(!outcome.values[0].isNaN)
      #expect(!outcome.gradient.chosen[0].isNaN)
      #expect(!outcome.gradient.rejected[0].isNaN)
    }
  }

  @Test("an impossible chosen completion has an infinite loss and a finite gradient")
  func infiniteMargin() {
    let impossible = batch(pairs([-.infinity, 0], [0, -.infinity]), pairs([0, 0], [0, 0]))
    for variant in [.sigmoid(), .robust()] as [DPOVariant] {
      let outcome = DPOLoss(beta: 0.1, variant: variant).evaluate(impossible)
      #expect(outcome.values == [.infinity, 0])
      #expect(outcome.gradient.chosen == [-0.1, 0])
    }
    let discopop = DPOLoss(beta: 0.1, variant: .discopop()).evaluate(impossible)
    #expect(discopop.values == [.infinity, 0])
    #expect(discopop.gradient.chosen == [-0.1, 0])
  }

  @Test("bounded losses reach their bounds")
  func bounds() {
    let impossible = batch(pairs([-.infinity, 0], [0, -.infinity]), pairs([0, 0], [0, 0]))
    // −log ε and −log(1 − ε)
    let exo = DPOLoss(beta: 0.1, variant: .exoPair(labelSmoothing: 0.1)).evaluate(impossible)
    #expect(abs(exo.values[0] - 2.302585092994046) < 1e-15)
    #expect(abs(exo.values[1] - 0.10536051565782628) < 1e-15)
    #expect(exo.gradient.chosen == [0, 0])
    // σ(∞) + σ(0) and σ(0) + σ(−∞)
    #expect(DPOLoss(beta: 0.1, variant: .apoZero).evaluate(impossible).values == [1.5, 0.5])
    #expect(DPOLoss(beta: 0.1, variant: .apoDown).evaluate(impossible).values == [1, 0.5])
  }

  @Test("discopop neither overflows nor loses its tail, whichever side of 1 its temperature is")
  func discopopTails() {
    func value(_ z: Double, _ temperature: Double) -> Double {
      DPOLoss(beta: 1, variant: .discopop(temperature: temperature))
        .evaluate(batch(pairs([z], [0]), pairs([0], [0]))).values[0]
    }
    // Far below 0 the gate is shut, and the logistic part is −z.
    #expect(value(-1000, 0.05) == 1000)
    // e^−z μ(z / τ) = e^{19z} / (1 + e^{20z}) at z = −2: e^−38 beside log(1 + e²)
    #expect(abs(value(-2, 0.05) - 2.1269280110429727) < 1e-15)
    // Far above 0 it is open: e^−z.
    #expect(relativeError(value(700, 0.05), 9.859676543759770e-305) < 1e-13)
    // With τ = 1, e^−z σ(z) = σ(−z): −z σ(−z) + σ(−z) → −z + 1
    #expect(value(-1000, 1) == 1001)
    #expect(value(-.infinity, 1) == .infinity)
  }

  @Test("a weight of 0 leaves nothing of a pair or a part")
  func zeroWeights() {
    let impossible = batch(pairs([-.infinity], [0]), pairs([0], [0]), weights: [0])
    let outcome = DPOLoss(beta: 0.1).evaluate(impossible)
    #expect(outcome.values == [0])
    #expect(outcome.gradient == PairGradient(chosen: [0], rejected: [0]))
    let part = DPOLoss(beta: 0.1, parts: [.init(.apoZero), .init(.sigmoid(), weight: 0)])
      .evaluate(batch(pairs([-.infinity], [0]), pairs([0], [0])))
    #expect(part.values == [1.5])
  }

  @Test("parameters out of range are programming errors")
  func preconditions() async {
    await #expect(processExitsWith: .failure) { _ = DPOLoss(beta: 0) }
    await #expect(processExitsWith: .failure) { _ = DPOLoss(beta: 0.1, parts: []) }
    await #expect(processExitsWith: .failure) { _ = DPOLoss.Part(.ncaPair, weight: -1) }
    await #expect(processExitsWith: .failure) { _ = DPOLoss.Part(.sigmoid(labelSmoothing: 0.6)) }
    await #expect(processExitsWith: .failure) { _ = DPOLoss.Part(.robust(labelSmoothing: 0.5)) }
    await #expect(processExitsWith: .failure) { _ = DPOLoss.Part(.exoPair(labelSmoothing: 0)) }
    await #expect(processExitsWith: .failure) { _ = DPOLoss.Part(.discopop(temperature: 0)) }
    await #expect(processExitsWith: .failure) { _ = DPOLoss.Part(.cpo(likelihoodWeight: -1)) }
    await #expect(processExitsWith: .failure) { _ = DPOLoss.Part(.simpo(margin: .infinity)) }
  }

  @Test("so are batches that a loss cannot take")
  func batches() async {
    await #expect(processExitsWith: .failure) {
      _ = PairLogProbabilities(chosen: [1], rejected: [1], chosenTokens: [0], rejectedTokens: [1])
    }
    await #expect(processExitsWith: .failure) {
      _ = DPOLoss(beta: 0.1).evaluate(PreferenceBatch(policy: pairs([-1], [-1])))
    }
    await #expect(processExitsWith: .failure) {
      _ = DPOLoss(beta: 0.1, variant: .aot())
        .evaluate(batch(pairs([-1], [-1]), pairs([-1], [-1]), weights: [1]))
    }
    await #expect(processExitsWith: .failure) {
      _ = batch(pairs([-1], [-1]), pairs([-1], [-1]), margins: [1, 2])
    }
    await #expect(processExitsWith: .failure) {
      _ = batch(pairs([-1], [-1]), pairs([-1], [-1], tokens: (1, 1)))
    }
    await #expect(processExitsWith: .failure) {
      _ = PreferenceBatch(policy: pairs([-1], [-1]), meanChosenTokens: 0)
    }
  }
}
