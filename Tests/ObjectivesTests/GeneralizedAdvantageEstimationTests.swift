import Objectives
import Testing

@Suite("Generalized advantage estimation")
struct GeneralizedAdvantageEstimationTests {
  private let rewards = [1.0, -0.5, 2]
  private let values = [0.5, 0.25, 1]

  @Test("three tokens by hand, γ = 0.9 and λ = 0.5")
  func byHand() {
    let gae = GeneralizedAdvantageEstimation(discount: 0.9, trace: 0.5)
    let estimate = gae.evaluate(rewards: rewards, values: values, end: .terminated)
    // δ = (1 + 0.225 − 0.5, −0.5 + 0.9 − 0.25, 2 − 1) = (0.725, 0.15, 1), and γλ = 0.45.
    // A_1 = 0.15 + 0.45 = 0.6; A_0 = 0.725 + 0.27 = 0.995.
    #expect(agree(estimate.advantages, [0.995, 0.6, 1]))
    #expect(agree(estimate.returns, [1.495, 0.85, 2]))
  }

  @Test("an episode cut short is worth what would have followed")
  func truncated() {
    let gae = GeneralizedAdvantageEstimation(discount: 0.9, trace: 0.5)
    let estimate = gae.evaluate(
      rewards: rewards, values: values, end: .truncated(bootstrap: 2))
    // δ_2 = 2 + 1.8 − 1 = 2.8; A_1 = 0.15 + 1.26; A_0 = 0.725 + 0.45 · 1.41.
    #expect(agree(estimate.advantages, [1.3595, 1.41, 2.8]))
    let worthless = gae.evaluate(rewards: rewards, values: values, end: .truncated(bootstrap: 0))
    #expect(worthless == gae.evaluate(rewards: rewards, values: values, end: .terminated))
  }

  @Test("λ = 1 is the Monte Carlo return minus the value", arguments: [1, 0.8])
  func monteCarlo(discount: Double) {
    let gae = GeneralizedAdvantageEstimation(discount: discount, trace: 1)
    for (end, last) in [
      (GeneralizedAdvantageEstimation.End.terminated, 0.0), (.truncated(bootstrap: -3), -3),
    ] {
      let sum2 = rewards[2] + discount * last
      let sum1 = rewards[1] + discount * sum2
      let sum0 = rewards[0] + discount * sum1
      let estimate = gae.evaluate(rewards: rewards, values: values, end: end)
      #expect(agree(estimate.returns, [sum0, sum1, sum2]))
      #expect(
        agree(estimate.advantages, [sum0 - values[0], sum1 - values[1], sum2 - values[2]]))
    }
  }

  @Test("λ = 0 is the TD error", arguments: [1, 0.8])
  func temporalDifference(discount: Double) {
    let estimate = GeneralizedAdvantageEstimation(discount: discount, trace: 0)
      .evaluate(rewards: rewards, values: values, end: .truncated(bootstrap: 4))
    #expect(
      agree(
        estimate.advantages,
        [
          rewards[0] + discount * values[1] - values[0],
          rewards[1] + discount * values[2] - values[1], rewards[2] + discount * 4 - values[2],
        ]))
  }

  @Test("a value function that is right leaves nothing to learn, whatever λ")
  func exactValues() {
    for trace in [0, 0.3, 1] {
      let estimate = GeneralizedAdvantageEstimation(discount: 0.5, trace: trace)
        .evaluate(rewards: [0, 0, 8], values: [2, 4, 8], end: .terminated)
      #expect(estimate.advantages == [0, 0, 0])
      #expect(estimate.returns == [2, 4, 8])
    }
  }

  @Test("an episode without actions, and parameters out of range")
  func limits() async {
    let estimate = GeneralizedAdvantageEstimation().evaluate(
      rewards: [], values: [], end: .truncated(bootstrap: 1))
    #expect(estimate.advantages.isEmpty && estimate.returns.isEmpty)
    await #expect(processExitsWith: .failure) {
      _ = GeneralizedAdvantageEstimation(discount: 1.1)
    }
    await #expect(processExitsWith: .failure) { _ = GeneralizedAdvantageEstimation(trace: -0.1) }
    await #expect(processExitsWith: .failure) {
      _ = GeneralizedAdvantageEstimation().evaluate(rewards: [1], values: [], end: .terminated)
    }
  }
}
