import Evaluations
import Rewards
import Testing

@Suite("Rewards on a fixed scale")
struct FixedScaleTests {
  @Test("running normalizations stay where they stand, and other parts as they are")
  func fixed() async throws {
    var reward = try CompositeReward([
      RewardPart(GivenReward(name: "a"), normalization: .running, clipping: -3...3),
      RewardPart(GivenReward(name: "b"), weight: 10),
    ])
    // Mean 2 and deviation 1.
    _ = try await reward.evaluate(completions("1", "3", "1", "3"))
    var fixed = reward.fixed(by: reward.running)
    #expect(
      fixed.parts.map(\.normalization)
        == [.fixed(ScoreNormalization(mean: 2, deviation: 1)), .none])
    for _ in 0..<2 {
      let scores = try await fixed.evaluate(completions("4", "9"))
      #expect(scores.parts[0].used == [2, 3])
      #expect(scores.totals == [42, 93])
    }
    // What it is made of goes on.
    #expect(try await reward.evaluate(completions("2")).parts[0].used == [0])
    #expect(reward.running["a"]?.count == 5)
  }

  @Test("what was never seen has no scale; what was always the same has its mean for zero")
  func unseen() async throws {
    var reward = try CompositeReward([RewardPart(GivenReward(), normalization: .running)])
    #expect(reward.fixed(by: [:]).parts[0].normalization == .none)
    _ = try await reward.evaluate(completions("5", "5"))
    #expect(
      reward.fixed(by: reward.running).parts[0].normalization
        == .fixed(ScoreNormalization(mean: 5, deviation: 1)))
  }
}
