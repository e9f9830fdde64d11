import Objectives
import Testing

/// `Fixtures/dpo_losses.json`, written by `scripts/record/dpo_losses.py`: single pairs through the
/// trainer of TRL 1.16.0 in float64. Its sigmoid has no smoothing; those cases are its `aot`, which is
/// the same formula where there is a single pair.
private struct RecordedDPOLosses: Decodable {
  struct Case: Decodable {
    struct Rewards: Decodable {
      let chosen: Double
      let rejected: Double
      let margins: Double
      let accuracies: Double
    }
    let loss_type: String
    let beta: Double
    let label_smoothing: Double
    let policy_chosen: Double
    let policy_rejected: Double
    let reference_chosen: Double
    let reference_rejected: Double
    let chosen_tokens: Int
    let rejected_tokens: Int
    let loss: Double
    let gradient_chosen: Double
    let gradient_rejected: Double
    let rewards: Rewards

    var variant: DPOVariant? {
      switch loss_type {
      case "sigmoid": .sigmoid(labelSmoothing: label_smoothing)
      case "ipo": .ipo
      case "hinge": .hinge
      default: nil
      }
    }
  }
  let cases: [Case]
}

/// `Fixtures/pairwise_reward_loss.json`, written by `scripts/record/dpo_losses.py`: the reward trainer
/// of TRL 1.16.0 in float64.
private struct RecordedRewardLosses: Decodable {
  struct Case: Decodable {
    let chosen: Double
    let rejected: Double
    let margin: Double?
    let loss: Double
    let gradient_chosen: Double
    let gradient_rejected: Double
  }
  let cases: [Case]
}

@Suite("Losses recorded from TRL")
struct TRLParityTests {
  @Test("sigmoid, ipo and hinge: loss, gradient and rewards")
  func dpo() throws {
    let cases = try fixture("dpo_losses.json", as: RecordedDPOLosses.self).cases
    var seen: Set<String> = []
    for recorded in cases {
      let variant = try #require(recorded.variant, "unknown loss \(recorded.loss_type)")
      seen.insert(recorded.loss_type)
      func pair(_ chosen: Double, _ rejected: Double) -> PairLogProbabilities {
        PairLogProbabilities(
          chosen: [chosen], rejected: [rejected], chosenTokens: [recorded.chosen_tokens],
          rejectedTokens: [recorded.rejected_tokens])
      }
      let outcome = DPOLoss(beta: recorded.beta, variant: variant).evaluate(
        policy: pair(recorded.policy_chosen, recorded.policy_rejected),
        reference: pair(recorded.reference_chosen, recorded.reference_rejected))
      #expect(agree(outcome.values[0], recorded.loss))
      #expect(agree(outcome.gradient.chosen[0], recorded.gradient_chosen))
      #expect(agree(outcome.gradient.rejected[0], recorded.gradient_rejected))
      #expect(agree(outcome.chosenRewards[0], recorded.rewards.chosen))
      #expect(agree(outcome.rejectedRewards[0], recorded.rewards.rejected))
      #expect(agree(outcome.rewardMargins[0], recorded.rewards.margins))
      #expect(outcome.rewardAccuracies[0] == recorded.rewards.accuracies)
    }
    #expect(seen == ["sigmoid", "ipo", "hinge"])
  }

  @Test("pairwise reward loss, with and without margin")
  func reward() throws {
    let cases = try fixture("pairwise_reward_loss.json", as: RecordedRewardLosses.self).cases
    #expect(!cases.isEmpty)
    for recorded in cases {
      let outcome = PairwiseRewardLoss().evaluate(
        chosen: [recorded.chosen], rejected: [recorded.rejected],
        margins: recorded.margin.map { [$0] })
      #expect(agree(outcome.values[0], recorded.loss))
      #expect(agree(outcome.gradient.chosen[0], recorded.gradient_chosen))
      #expect(agree(outcome.gradient.rejected[0], recorded.gradient_rejected))
    }
  }

  /// Both sides computed in double precision, in a different order of operations.
  private func agree(_ ours: Double, _ recorded: Double) -> Bool {
    relativeError(ours, recorded) < 1e-12 || abs(ours - recorded) < 1e-14
  }
}
