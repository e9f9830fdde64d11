import Objectives
import Testing

/// `Fixtures/group_advantages.json`, written by `scripts/record/outcome_losses.py`: the trainers of
/// TRL 1.16.0 in float64.
private struct RecordedGroupAdvantages: Decodable {
  struct Case: Decodable {
    let rewards: String
    let method: String
    let scale: GroupAdvantages.Scale?
    let normalize: Bool?
    let beta: Double?
    /// The bounds of the score.
    let clip: [Double]?
    /// One a completion, group after group.
    let advantages: [Double]
  }
  let rewards: [String: [[Double?]]]
  /// KL of each completion, in nats.
  let divergences: [String: [Double]]
  let cases: [Case]
}

@Suite("Advantages of groups recorded from TRL")
struct GroupAdvantagesParityTests {
  @Test("GRPO and RLOO, with missing rewards, bounds and the penalty in the reward")
  func advantages() throws {
    let recording = try fixture("group_advantages.json", as: RecordedGroupAdvantages.self)
    #expect(recording.cases.count == 17)
    for recorded in recording.cases {
      var rewards = try #require(recording.rewards[recorded.rewards])
      if let beta = recorded.beta, beta > 0 {
        let divergences = try #require(recording.divergences[recorded.rewards])
        rewards = penalized(rewards, divergences, beta: beta, clip: recorded.clip)
      }
      let method: GroupAdvantages.Method =
        if recorded.method == "grpo" {
          .groupMean(try #require(recorded.scale))
        } else {
          .leaveOneOut(recorded.normalize == true ? .batch : .none)
        }
      let estimate = GroupAdvantages(method).evaluate(rewards)
      // A difference from a mean has lost digits that no relative error may ask for.
      #expect(
        zip(estimate.advantages.joined(), recorded.advantages).allSatisfy {
          relativeError($0, $1) < 1e-12 || abs($0 - $1) < 1e-12
        }, "\(recorded.method) on \(recorded.rewards)")
      #expect(estimate.advantages.joined().count == recorded.advantages.count)
    }
  }

  /// The rewards after bounds and penalty, each completion as one token.
  private func penalized(
    _ rewards: [[Double?]], _ divergences: [Double], beta: Double, clip: [Double]?
  ) -> [[Double?]] {
    let handOut = TokenRewards(scoreRange: clip.map { $0[0]...$0[1] })
    var remaining = divergences.makeIterator()
    return rewards.map { group in
      group.map { reward in
        guard let reward, let divergence = remaining.next() else { return nil }
        return handOut.evaluate(
          score: reward, hasEnd: true, policy: [divergence], reference: [0], klCoefficient: beta
        ).total
      }
    }
  }
}
