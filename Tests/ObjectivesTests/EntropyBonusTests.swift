import Objectives
import Testing

@Suite("Entropy bonus")
struct EntropyBonusTests {
  @Test("entropy lowers the loss, by its coefficient a nat")
  func values() async {
    let outcome = EntropyBonus(coefficient: 0.01).evaluate(entropies: [2, 0.5])
    #expect(agree(outcome.values, [-0.02, -0.005]))
    #expect(outcome.gradient == [-0.01, -0.01])
    await #expect(processExitsWith: .failure) { _ = EntropyBonus(coefficient: -0.1) }
  }
}
