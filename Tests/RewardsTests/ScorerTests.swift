import Endpoints
import Evaluations
import PreferenceData
import Rewards
import Sandbox
import Testing
import Tokenization

/// A model's stand-in for an ensemble: the number in the completion times a factor.
private final class ScaledScorer: CompletionScoring {
  let factor: Double
  private(set) var groups: [PromptCompletions] = []

  init(_ factor: Double) { self.factor = factor }

  var vocabulary: VocabularyIdentity? { nil }

  func scores(of groups: [PromptCompletions]) -> [[Double]] {
    self.groups = groups
    return groups.map { $0.completions.map { factor * (Double($0) ?? .nan) } }
  }

  func scores(
    of groups: [TokenizedCompletions], in vocabulary: VocabularyIdentity
  ) throws -> [[Double]] {
    try check(vocabulary)
    return []
  }
}

/// A scorer of two members: the number in the completion, and its square.
private struct TwoMembers: CompletionScoring {
  let memberCount = 2
  let vocabulary: VocabularyIdentity? = nil

  func scores(of groups: [PromptCompletions]) -> [[Double]] {
    memberScores(of: groups).map { $0.map { $0.reduce(0, +) / 2 } }
  }

  func memberScores(of groups: [PromptCompletions]) -> [[[Double]]] {
    groups.map {
      $0.completions.map {
        let number = Double($0) ?? .nan
        return [number, number * number]
      }
    }
  }

  func scores(
    of groups: [TokenizedCompletions], in vocabulary: VocabularyIdentity
  ) throws -> [[Double]] {
    try check(vocabulary)
    return []
  }
}

@Suite("Judges, models and programs as rewards")
struct ScorerTests {
  @Test("the gold judge prefers what is right")
  func gold() async throws {
    let judge = GoldJudge(world: SandboxWorld())
    let prompt = "Human: What is 3 plus 4?\n\nAssistant:"
    let batch = [" 7.", " 8."].map { RewardedCompletion(prompt: prompt, completion: $0) }
    let scores = try await GoldReward(judge: judge).checkedScores(of: batch)
    #expect(scores == batch.map { judge.score(prompt: prompt, completion: $0.completion).total })
    #expect((scores[0] ?? 0) > (scores[1] ?? 0))
    #expect(GoldReward(judge: judge).name == "gold")
  }

  @Test("one model's scores are its reward, prompts being shared by neighbours")
  func oneModel() async throws {
    let scorer = ScaledScorer(2)
    let batch = [("p", "1"), ("p", "2"), ("q", "3"), ("p", "4")].map {
      RewardedCompletion(prompt: $0, completion: $1)
    }
    #expect(try await ScoringReward(scorers: [scorer]).checkedScores(of: batch) == [2, 4, 6, 8])
    #expect(
      scorer.groups == [
        PromptCompletions("p", completions: ["1", "2"]), PromptCompletions("q", completions: ["3"]),
        PromptCompletions("p", completions: ["4"]),
      ])
    #expect(try ScoringReward(scorers: [scorer]).scores(of: []).isEmpty)
  }

  @Test(
    "an ensemble's scores become one",
    arguments: [
      (EnsembleAggregation.mean, 3.0), (.minimum, 1), (.median, 2),
      // Scores 1, 2, 6: mean 3, variance (4 + 1 + 9)/3.
      (.varianceDiscounted(lambda: 0.5), 3 - 0.5 * 14 / 3),
    ])
  func ensemble(aggregation: EnsembleAggregation, expected: Double) throws {
    let reward = ScoringReward(
      scorers: [ScaledScorer(1), ScaledScorer(2), ScaledScorer(6)], aggregation: aggregation)
    #expect(isClose(try reward.scores(of: completions("1")), [expected]))
  }

  @Test("members are brought to one scale first, and their spread can be seen")
  func normalized() throws {
    let reward = ScoringReward(
      scorers: [ScaledScorer(1), ScaledScorer(10)],
      normalizations: [
        ScoreNormalization(mean: 0, deviation: 1), ScoreNormalization(mean: 0, deviation: 10),
      ])
    let scores = try reward.memberScores(of: completions("1", "2"))
    #expect(scores?.members == [[1, 2], [1, 2]])
    #expect(scores?.variances() == [0, 0])
    #expect(reward.scaleNote == nil)
  }

  @Test("members on scales of their own are worth a note, a single one is not")
  func scales() {
    let note = ScoringReward(scorers: [ScaledScorer(1), TwoMembers()]).scaleNote
    #expect(note?.hasPrefix("the scores of 3 reward models become one as they are, ") == true)
    #expect(ScoringReward(scorers: [ScaledScorer(1)]).scaleNote == nil)
  }

  @Test("all members of all scorers are members of the ensemble")
  func nested() throws {
    let reward = ScoringReward(scorers: [ScaledScorer(2), TwoMembers()], aggregation: .minimum)
    #expect(reward.memberCount == 3)
    let batch = completions("3", "0.5")
    #expect(try reward.memberScores(of: batch)?.members == [[6, 1], [3, 0.5], [9, 0.25]])
    #expect(try reward.scores(of: batch) == [3, 0.25])
    // 6, 3, 9: variance 6. 1, 0.5, 0.25: mean 7/12, variance 21/16/3 − 49/144 = 7/72.
    let spread = try #require(try reward.meanVariance(of: batch))
    #expect(abs(spread - (6 + 7.0 / 72) / 2) < 1e-12)
    #expect(try reward.meanVariance(of: []) == nil)
    #expect(try ScoringReward(scorers: [ScaledScorer(2)]).meanVariance(of: batch) == nil)
    do {
      _ = try reward.scores(of: completions("no number"))
      Issue.record("no error")
    } catch {
      #expect("\(error)".contains("'reward_model, member 1 of 3' gave completion 1"))
    }
  }

  @Test("a member whose score is no number is named")
  func notFinite() {
    let reward = ScoringReward(scorers: [ScaledScorer(1), ScaledScorer(.infinity)])
    do {
      _ = try reward.scores(of: completions("1"))
      Issue.record("no error")
    } catch {
      #expect("\(error)".contains("'reward_model, member 2 of 2' gave completion 1 of the batch"))
    }
  }

  @Test("a program reads prompt, completion and the row's other fields, and writes scores")
  func program() async throws {
    let source = """
      import sys, json
      for line in sys.stdin:
       row = json.loads(line)
       score = None if row["prompt"] == "q" else len(row["completion"]) + row["bonus"]
       print(json.dumps({"score": score}), flush=True)
      """
    let reward = ProgramReward(
      program: JSONLinesProgram(command: "exec python3 -c '\(source)'"))
    #expect(reward.name == "program")
    let batch = [("p", "four"), ("q", "four"), ("p", "")].map {
      RewardedCompletion(
        prompt: $0, completion: $1, fields: ["bonus": .number(0.5), "prompt": .string("other")])
    }
    #expect(try await reward.checkedScores(of: batch) == [4.5, nil, 0.5])
  }

  @Test("a program that fails fails the batch, with its own words")
  func programFails() async throws {
    var reward = try CompositeReward([
      RewardPart(ProgramReward(program: JSONLinesProgram(command: "echo broken >&2; exit 9")))
    ])
    do {
      _ = try await reward.evaluate(completions("1"))
      Issue.record("no error")
    } catch {
      #expect("\(error)".contains("ended with status 9 after 0 of 1 answers"))
      #expect("\(error)".hasSuffix("\n    broken"))
    }
  }
}
