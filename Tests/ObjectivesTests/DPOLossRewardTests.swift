import Objectives
import Testing

@Suite("DPO family: implicit rewards")
struct DPOLossRewardTests {
  @Test(
    "β times the summed log ratio in every loss with a reference",
    arguments: referencedVariants + coupledVariants + variants(under: .forwardKL))
  func referenced(variant: DPOVariant) {
    let outcome = DPOLoss(beta: 0.5, variant: variant).evaluate(
      batch(pairs([-10, -10, -10], [-9, -11, -9]), pairs([-12, -12, -9], [-8, -13, -9])))
    #expect(outcome.chosenRewards == [1, 1, -0.5])  // 0.5 × (2, 2, −1)
    #expect(outcome.rejectedRewards == [-0.5, 1, 0])  // 0.5 × (−1, 2, 0)
    #expect(outcome.rewardMargins == [1.5, 0, -0.5])
    #expect(outcome.rewardAccuracies == [1, 0, 0])  // a tie is not a success
  }

  @Test("β times log π without a reference, a token for simpo and orpo")
  func referenceFree() {
    let policy = PreferenceBatch(policy: pairs([-10], [-9]))
    for variant in [.likelihood, .cpo()] as [DPOVariant] {
      let outcome = DPOLoss(beta: 0.5, variant: variant).evaluate(policy)
      #expect(outcome.chosenRewards == [-5])
      #expect(outcome.rejectedRewards == [-4.5])
    }
    for variant in [.simpo(), .orpo] as [DPOVariant] {
      let outcome = DPOLoss(beta: 0.5, variant: variant).evaluate(policy)
      #expect(outcome.chosenRewards == [-1.25])  // 0.5 × −10 / 4
      #expect(outcome.rejectedRewards == [-2.25])  // 0.5 × −9 / 2
    }
  }

  @Test("a mixture has the rewards of its parts that have a reference")
  func mixed() {
    let loss = DPOLoss(beta: 0.5, parts: [.init(.simpo()), .init(.bcoPair)])
    let outcome = loss.evaluate(batch(pairs([-10], [-9]), pairs([-12], [-8])))
    #expect(outcome.chosenRewards == [1])
    #expect(outcome.rejectedRewards == [-0.5])
  }
}
