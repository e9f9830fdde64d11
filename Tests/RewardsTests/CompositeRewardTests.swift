import Evaluations
import Foundation
import Rewards
import Testing

@Suite("Composite rewards")
struct CompositeRewardTests {
  @Test("parts are normalized, clipped, weighted and added, and the missing end costs")
  func sum() async throws {
    var reward = try CompositeReward(
      [
        RewardPart(
          GivenReward(name: "a"), weight: 2,
          normalization: .fixed(ScoreNormalization(mean: 1, deviation: 2)), clipping: -1...1),
        RewardPart(GivenReward(name: "b"), weight: -0.5),
      ],
      missingEndPenalty: 3)
    var batch = completions("1", "2", "9", "no number")
    batch[1].isFinished = false
    batch[3].isFinished = false
    let scores = try await reward.evaluate(batch)
    // a: 0, 0.5, 4 cut to 1; b as it is.
    #expect(scores.parts.map(\.name) == ["a", "b"])
    #expect(scores.parts[0].raw == [1, 2, 9, nil])
    #expect(scores.parts[0].used == [0, 0.5, 1, nil])
    #expect(scores.parts[0].mean == 4)
    // 2·a − b/2, and −3 where the end is missing.
    let expected: [Double?] = [-0.5, -3, -2.5, nil]
    #expect(isClose(scores.totals, expected))
  }

  @Test("a part without anything to say adds nothing")
  func partial() async throws {
    var reward = try CompositeReward([
      RewardPart(GivenReward()), RewardPart(RuleReward(WordsRule(["x"]))),
    ])
    let scores = try await reward.evaluate(completions("x", "3"))
    #expect(scores.totals == [1, 3])
    #expect(try await reward.evaluate([]).totals.isEmpty)
  }

  @Test("running z-scores are by all scores so far, and go on after a restart")
  func running() async throws {
    let parts = [RewardPart(GivenReward(), normalization: .running)]
    var reward = try CompositeReward(parts)
    // All equal: 0, whatever the value.
    #expect(try await reward.evaluate(completions("5", "5")).totals == [0, 0])
    // 5, 5, 1, 9: mean 5, deviation √(32/4), so ±4/√8 = ±√2.
    let expected: [Double?] = [-(2.0.squareRoot()), 2.0.squareRoot(), nil]
    let second = try await reward.evaluate(completions("1", "9", "none"))
    #expect(isClose(second.totals, expected))
    let saved = try JSONEncoder().encode(reward.running)
    var resumed = try CompositeReward(parts)
    resumed.running = try JSONDecoder().decode([String: RunningScores].self, from: saved)
    let third = try await reward.evaluate(completions("2", "3"))
    #expect(try await resumed.evaluate(completions("2", "3")) == third)
    #expect(resumed.running["given"]?.count == 6)
  }

  @Test("names must differ")
  func names() {
    #expect(throws: RewardError.sameName("given")) {
      try CompositeReward([RewardPart(GivenReward()), RewardPart(GivenReward())])
    }
    #expect("\(RewardError.sameName("given"))".contains("give one of them another name"))
  }

  @Test("a score that is no number names reward and row", arguments: ["nan", "inf", "-inf"])
  func notFinite(text: String) async throws {
    var reward = try CompositeReward([
      RewardPart(GivenReward(), normalization: .running), RewardPart(GivenReward(name: "other")),
    ])
    do {
      _ = try await reward.evaluate(completions("1", text))
      Issue.record("no error")
    } catch {
      #expect(
        "\(error)" == "the reward 'given' gave completion 2 of the batch the score \(text) (its "
          + "prompt: \"p\"); a score must be a finite number, so correct what computes it")
    }
    #expect(reward.running.isEmpty)
  }

  @Test("a reward that forgets a completion is found out")
  func forgetful() async throws {
    var reward = try CompositeReward([RewardPart(ForgetfulReward())])
    do {
      _ = try await reward.evaluate(completions("1", "2"))
      Issue.record("no error")
    } catch {
      #expect(
        "\(error)"
          == "the reward 'forgetful' gave 1 scores for 2 completions; it must give one each")
    }
  }

  @Test("prompts in errors are one line")
  func escaping() {
    let error = RewardError.notFinite(
      reward: "r", score: .nan, row: 0, prompt: "a\n\u{1B}[2J" + String(repeating: "b", count: 99))
    #expect("\(error)".contains(#"a\n\u{1B}[2Jbbb"#))
    #expect("\(error)".contains("b…\""))
    #expect(!"\(error)".contains("\n"))
  }
}

@Suite("Conservative rewards")
struct ConservativeRewardTests {
  @Test(
    "a score shrinks towards the floor with the likelihood, below the threshold alone",
    arguments: [
      (-1.0, 4.0), (-2.0, 4.0), (-3.0, -2 + 6 * 0.6065306597126334), (-1e9, -2.0),
      (-Double.infinity, -2.0),
    ])
  func scaling(likelihood: Double, expected: Double) async throws {
    // exp((−3 + 2)/2) = exp(−0.5) = 0.60653…
    let reward = ConservativeReward(
      GivenReward(), weighting: .scaling(threshold: -2, temperature: 2, floor: -2))
    #expect(reward.name == "given")
    let scores = try await reward.scores(of: completions("4", "none", likelihood: likelihood))
    #expect(isClose(scores, [expected, nil]))
  }

  @Test("with the floor 0 the score is multiplied")
  func product() {
    let weighting = LikelihoodWeighting.scaling(threshold: -1)
    #expect(isClose([weighting.apply(to: 3, logProbability: -2)], [3 * 0.36787944117144233]))
  }

  @Test("what the reference finds too unlikely is left out")
  func filtering() async throws {
    let reward = ConservativeReward(GivenReward(), weighting: .filtering(threshold: -2))
    #expect(try await reward.scores(of: completions("4", likelihood: -2)) == [4])
    #expect(try await reward.scores(of: completions("4", likelihood: -2.1)) == [nil])
  }

  @Test("without a likelihood there is an error", arguments: [nil, Double.nan])
  func withoutReference(likelihood: Double?) async {
    let reward = ConservativeReward(GivenReward(), weighting: .filtering(threshold: -2))
    do {
      _ = try await reward.scores(of: completions("4", likelihood: likelihood))
      Issue.record("no error")
    } catch {
      #expect(
        "\(error)".contains("'given' weighs by likelihood under the reference, but completion 1"))
      #expect("\(error)".contains("score it with the reference model first"))
    }
  }
}
