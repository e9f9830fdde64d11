import Objectives
import Testing

/// `Fixtures/reward_losses.json`, written by `scripts/record/reward_losses.py`: the reward trainer of
/// TRL 1.16.0 in float64.
private struct RecordedRewardLosses: Decodable {
  struct Case: Decodable {
    let chosen: [Double]
    let rejected: [Double]
    let margins: [Double]?
    let center_rewards_coefficient: Double?
    /// The mean over the pairs.
    let loss: Double
    /// The derivative of the mean by each score.
    let gradient_chosen: [Double]
    let gradient_rejected: [Double]
    let accuracy: Double
    let margin: Double
    let mean_reward: Double
  }
  let cases: [Case]
}

@Suite("Reward losses recorded from TRL")
struct RewardLossParityTests {
  @Test("batches of pairs with margins and centring: loss, gradient and metrics")
  func batches() throws {
    let cases = try fixture("reward_losses.json", as: RecordedRewardLosses.self).cases
    #expect(cases.count == 12)
    for recorded in cases {
      let count = Double(recorded.chosen.count)
      let outcome = PairwiseRewardLoss(centering: recorded.center_rewards_coefficient ?? 0)
        .evaluate(
          chosen: recorded.chosen, rejected: recorded.rejected, margins: recorded.margins)
      func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / count }
      #expect(agree(mean(outcome.values), recorded.loss))
      for (ours, theirs) in zip(outcome.gradient.chosen, recorded.gradient_chosen) {
        #expect(agree(ours / count, theirs))
      }
      for (ours, theirs) in zip(outcome.gradient.rejected, recorded.gradient_rejected) {
        #expect(agree(ours / count, theirs))
      }
      // TRL takes its accuracy in single precision.
      #expect(abs(mean(outcome.accuracies) - recorded.accuracy) < 1e-7)
      #expect(agree(mean(outcome.scoreMargins), recorded.margin))
      #expect(agree(mean(outcome.meanScores), recorded.mean_reward))
    }
  }

  private func agree(_ ours: Double, _ theirs: Double) -> Bool {
    relativeError(ours, theirs) < 1e-12 || abs(ours - theirs) < 1e-14
  }
}
