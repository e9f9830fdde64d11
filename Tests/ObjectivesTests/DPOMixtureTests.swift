import Objectives
import Testing

@Suite("DPO family: likelihood and mixtures")
struct DPOMixtureTests {
  @Test("a sum of losses is the sum of their values, gradients and weights")
  func linearity() {
    let example = PreferenceBatch(
      policy: pairs([-10, -3], [-9, -8]), reference: pairs([-12, -2], [-8, -9]),
      chosenLikelihoods: [-11, -4])
    let parts: [DPOLoss.Part] = [
      .init(.sigmoid(), weight: 0.8), .init(.bcoPair, weight: 0.2), .init(.likelihood),
    ]
    let mixed = DPOLoss(beta: 0.5, parts: parts).evaluate(example)
    let alone = parts.map { DPOLoss(beta: 0.5, variant: $0.variant).evaluate(example) }
    for pair in 0..<2 {
      func sum(_ number: (DPOOutcome) -> Double) -> Double {
        zip(alone, parts).reduce(0) { $0 + $1.1.weight * number($1.0) }
      }
      #expect(abs(mixed.values[pair] - sum { $0.values[pair] }) < 1e-15)
      #expect(abs(mixed.gradient.chosen[pair] - sum { $0.gradient.chosen[pair] }) < 1e-15)
      #expect(abs(mixed.gradient.rejected[pair] - sum { $0.gradient.rejected[pair] }) < 1e-15)
      #expect(
        abs((mixed.likelihoodGradient?[pair] ?? 0) - sum { $0.likelihoodGradient?[pair] ?? 0 })
          < 1e-15)
    }
  }

  @Test("the likelihood is the mean over the tokens of a step, however it is cut")
  func tokenMean() {
    func part(_ range: Range<Int>) -> PreferenceBatch {
      PreferenceBatch(
        policy: PairLogProbabilities(
          chosen: Array([-4.0, -9, -1.5, -20][range]), rejected: range.map { _ in -1 },
          chosenTokens: Array([2, 3, 1, 10][range]), rejectedTokens: range.map { _ in 5 }),
        meanChosenTokens: 4)
    }
    for variant in [.likelihood, .cpo()] as [DPOVariant] {
      let loss = DPOLoss(beta: 0.1, variant: variant)
      let whole = loss.evaluate(part(0..<4))
      let cut = [0..<1, 1..<4].map { loss.evaluate(part($0)) }
      #expect(whole.values == cut.flatMap(\.values))
      #expect(whole.gradient.chosen == cut.flatMap(\.gradient.chosen))
    }
    let values = DPOLoss(beta: 0.1, variant: .likelihood).evaluate(part(0..<4)).values
    #expect(values.reduce(0, +) / 4 == 34.5 / 16)  // −Σℓ / T
  }

  @Test("without a count of the step, the batch is the step")
  func batchMean() {
    let policy = PairLogProbabilities(
      chosen: [-4, -9], rejected: [-1, -1], chosenTokens: [2, 6], rejectedTokens: [1, 1])
    let outcome = DPOLoss(beta: 0.1, variant: .likelihood).evaluate(PreferenceBatch(policy: policy))
    #expect(outcome.values == [1, 2.25])
    #expect(outcome.gradient == PairGradient(chosen: [-0.25, -0.25], rejected: [0, 0]))
  }

  @Test("likelihoods of their own get the gradient that the policy's sums would")
  func separateLikelihoods() {
    let policy = pairs([-10], [-9])
    let loss = DPOLoss(beta: 0.5, variant: .cpo())
    let joined = loss.evaluate(PreferenceBatch(policy: policy))
    let apart = loss.evaluate(PreferenceBatch(policy: policy, chosenLikelihoods: [-10]))
    #expect(apart.values == joined.values)
    #expect(apart.likelihoodGradient == [-0.25])
    #expect(apart.gradient.chosen[0] - 0.25 == joined.gradient.chosen[0])
    #expect(apart.gradient.rejected == joined.gradient.rejected)
  }

  @Test("what a loss needs is what any of its parts needs")
  func needs() {
    func loss(_ variants: DPOVariant...) -> DPOLoss {
      DPOLoss(beta: 0.1, parts: variants.map { DPOLoss.Part($0) })
    }
    let free = loss(.simpo(), .cpo(likelihoodWeight: 0))
    #expect(!free.needsReference && !free.couplesPairs && free.usesMargins && !free.usesLikelihood)
    #expect(loss(.likelihood, .cpo(), .orpo, .simpo()).needsReference == false)
    #expect(loss(.likelihood, .ipo()).needsReference)
    #expect(loss(.ipo(), .aot()).couplesPairs && loss(.aotUnpaired()).couplesPairs)
    #expect(loss(.ipo(), .hinge()).usesMargins && !loss(.ipo(), .ncaPair).usesMargins)
    for variant in [.likelihood, .cpo(), .orpo] as [DPOVariant] {
      #expect(loss(.sigmoid(), variant).usesLikelihood)
    }
  }
}
