import Objectives
import Testing

/// `Fixtures/ppo_losses.json`, written by `scripts/record/ppo_losses.py`: the lines of TRL 1.12.0 in
/// float64. All arrays of arrays have one row a completion, of its real tokens.
private struct RecordedPPOLosses: Decodable {
  struct Penalty: Decodable {
    let estimator: KLEstimator
    let coefficient: Double
    let rewards: [[Double]]
  }
  struct Advantages: Decodable {
    let gamma: Double
    let lambda: Double
    let whiten_rewards: Bool
    let advantages: [[Double]]
    let returns: [[Double]]
    let whitened: [[Double]]
  }
  struct Case: Decodable {
    let cliprange: Double
    let cliprange_value: Double
    let vf_coef: Double
    let loss: Double
    let policy_loss: Double
    let value_loss: Double
    let policy_gradient: [[Double]]
    let value_gradient: [[Double]]
    let policy_clip_fraction: Double
    let value_clip_fraction: Double
  }
  let policy: [[Double]]
  let behavior: [[Double]]
  let reference: [[Double]]
  let rewards: [[Double]]
  let values: [[Double]]
  let old_values: [[Double]]
  let penalties: [Penalty]
  let advantages: [Advantages]
  let cases: [Case]
}

@Suite("PPO recorded from TRL")
struct PPOParityTests {
  @Test("the price of leaving the reference at each token")
  func penalties() throws {
    let recording = try fixture("ppo_losses.json", as: RecordedPPOLosses.self)
    #expect(recording.penalties.count == 2)
    for recorded in recording.penalties {
      for (row, theirs) in recorded.rewards.enumerated() {
        let ours = TokenRewards(estimator: recorded.estimator).evaluate(
          score: 0, hasEnd: true, policy: recording.behavior[row],
          reference: recording.reference[row], klCoefficient: recorded.coefficient)
        #expect(agree(ours.rewards, theirs))
      }
    }
  }

  @Test("whitened rewards, generalized advantages, returns and whitened advantages")
  func advantages() throws {
    let recording = try fixture("ppo_losses.json", as: RecordedPPOLosses.self)
    #expect(recording.advantages.count == 8)
    for recorded in recording.advantages {
      let gae = GeneralizedAdvantageEstimation(discount: recorded.gamma, trace: recorded.lambda)
      var flat = Array(recording.rewards.joined())
      if recorded.whiten_rewards { flat = Whitening(mean: .kept).evaluate(flat) }
      var all = [Double]()
      for (row, values) in recording.old_values.enumerated() {
        let rewards = Array(flat.prefix(values.count))
        flat.removeFirst(values.count)
        let ours = gae.evaluate(rewards: rewards, values: values, end: .terminated)
        #expect(close(ours.advantages, recorded.advantages[row]))
        #expect(close(ours.returns, recorded.returns[row]))
        all += ours.advantages
      }
      #expect(
        close(Whitening(mean: .removed).evaluate(all), Array(recorded.whitened.joined())))
    }
  }

  @Test("the clipped losses of policy and value function, with their gradients")
  func losses() throws {
    let recording = try fixture("ppo_losses.json", as: RecordedPPOLosses.self)
    #expect(recording.cases.count == 2)
    let learned = try #require(recording.advantages.first)
    for recorded in recording.cases {
      let tokens = PolicyTokens(
        policy: Array(recording.policy.joined()), behavior: Array(recording.behavior.joined()),
        tokenCounts: recording.policy.map(\.count))
      let policy = ClippedPolicyLoss(clipRange: ClipRange(recorded.cliprange))
        .evaluate(tokens, advantages: Array(learned.whitened.joined()))
      let value = ClippedValueLoss(clipRange: recorded.cliprange_value).evaluate(
        values: Array(recording.values.joined()), behavior: Array(recording.old_values.joined()),
        returns: Array(learned.returns.joined()))
      let count = Double(tokens.policy.count)
      let (policyMean, valueMean) = (
        policy.values.reduce(0, +) / count, value.values.reduce(0, +) / count
      )
      #expect(agree(policyMean, recorded.policy_loss))
      #expect(agree(valueMean, recorded.value_loss))
      #expect(agree(policyMean + recorded.vf_coef * valueMean, recorded.loss))
      #expect(close(policy.gradient.map { $0 / count }, Array(recorded.policy_gradient.joined())))
      #expect(
        close(
          value.gradient.map { recorded.vf_coef * $0 / count },
          Array(recorded.value_gradient.joined())))
      // Their fractions are means of float32.
      #expect(abs(policy.ratios.clippedFraction - recorded.policy_clip_fraction) < 1e-7)
      #expect(abs(Double(value.clippedCount) / count - recorded.value_clip_fraction) < 1e-7)
    }
  }

  /// As `agree`, for differences of numbers around 1, which have lost digits.
  private func close(_ ours: [Double], _ theirs: [Double]) -> Bool {
    ours.count == theirs.count
      && zip(ours, theirs).allSatisfy { relativeError($0, $1) < 1e-12 || abs($0 - $1) < 1e-13 }
  }
}
