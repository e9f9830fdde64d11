#if LibTorch
  import Foundation
  import LanguageModels
  import PreferenceData
  import Rewards
  import RunRecords
  @testable import Sampling
  import Testing
  import Tokenization
  import TorchEngine
  import TrainingConfiguration

  @testable import Trainers

  @Suite("Episodes of several turns")
  struct EpisodeTests {
    private let folder: TemporaryFolder
    private let tokenizer: Tokenizer

    init() throws {
      folder = try TemporaryFolder()
      tokenizer = try Tokenizer(directory: Fixture.model)
    }

    private let rows = """
      {"prompt": "Human: Why?\\n\\nAssistant:", "follow_ups": ["Go on.", "And then?"]}
      {"prompt": "Human: Who?\\n\\nAssistant:", "topic": "people"}
      {"prompt": "Human: When?\\n\\nAssistant:", "follow_ups": [{"text": "Sure?", "times": 9}]}

      """

    private func prompts() throws -> TrainingPrompts {
      try TrainingPrompts(
        [folder.write(rows, to: "prompts.jsonl")], tokenizer: tokenizer, limit: 500, strict: true)
    }

    private func sample(
      _ change: (inout RolloutConfiguration) -> Void = { _ in }, reward: any Reward = LetterReward()
    ) async throws -> Rollouts.Rollout {
      var rollout = RolloutConfiguration(generations: 2)
      rollout.maxCompletionLength = 6
      rollout.turnLimit = 4
      change(&rollout)
      let rollouts = Rollouts(
        policy: try CausalLanguageModel(directory: Fixture.model), reference: nil,
        tokenizer: tokenizer, ends: [], settings: rollout)
      var composite = try CompositeReward([RewardPart(reward)])
      return try await rollouts.sample(
        .init(prompts: [0, 1, 2], generations: 2, temperature: 1, seed: 3), of: prompts(),
        reward: &composite
      ) { _, _ in }
    }

    @Test("go on as long as the user has something to say, or the limit of turns allows")
    func turns() async throws {
      let buffer = try await sample().buffer
      #expect(buffer.experiences.map(\.turns.count) == [3, 3, 1, 1, 4, 4])
      #expect(buffer.experiences.map(\.isCutShort) == [false, false, false, false, true, true])
      #expect(buffer.groups == [0..<2, 2..<4, 4..<6])
      let short = try await sample { $0.turnLimit = 2 }.buffer
      #expect(short.experiences.map(\.turns.count) == [2, 2, 1, 1, 2, 2])
      #expect(short.experiences.map(\.isCutShort) == [true, true, false, false, true, true])
      // First turns do not depend on what comes after them.
      for (a, b) in zip(short.experiences, buffer.experiences) {
        #expect(a.turns.first?.text == b.turns.first?.text)
        #expect(a.turns.count < 2 || a.turns[1].text == b.turns[1].text)
      }
    }

    @Test("hold what was said as it was said, and score the policy's tokens alone")
    func tokens() async throws {
      let items = try prompts().items
      for experience in try await sample().buffer.experiences {
        let item = items[experience.prompt]
        var expected = item.ids
        var (scored, texts) = ([Int32](), ["Go on.", "And then?"])
        if experience.prompt == 2 { texts = Array(repeating: "Sure?", count: 9) }
        let own = PackedBatch([[experience.sequence]]).targets
        var rest = own[...]
        var context = item.text
        for (number, turn) in experience.turns.enumerated() {
          #expect(turn.context == context)
          let said = Array(rest.prefix(turn.tokenCount))
          rest.removeFirst(turn.tokenCount)
          scored += said
          expected += said
          #expect(turn.text == tokenizer.decode(turn.isFinished ? said.dropLast() : said))
          guard experience.prompt != 1 else { continue }
          if number + 1 < experience.turns.count || experience.isCutShort {
            let reply = DialogueMarks.human + " " + texts[number] + DialogueMarks.assistant
            expected += tokenizer.encode(reply)
            context += turn.text + reply
          }
        }
        #expect(rest.isEmpty && scored == own)
        #expect(experience.sequence.ids == expected)
        #expect(experience.behavior.count == own.count)
        let model = try CausalLanguageModel(directory: Fixture.model)
        let policy = try withoutGradients {
          try model.logProbabilities(of: PackedBatch([[experience.sequence]]))
        }.logProbabilities
        for (a, b) in zip(policy, experience.behavior) { #expect(abs(Double(a) - b) < 1e-5) }
      }
    }

    @Test("end where another answer has no room")
    func room() throws {
      var sample = SampledTokens(
        tokens: [5, 6], logProbabilities: [-1, -2], finishReason: .length, endTokens: 0)
      let item = try prompts().items[2]
      let reply = tokenizer.encode(DialogueMarks.human + " Sure?" + DialogueMarks.assistant)
      let room = item.ids.count + 2 + reply.count
      var open = OpenEpisode(prompt: 0, item, turnLimit: 9)
      open.take(sample, text: "x", tokenizer: tokenizer, room: room)
      #expect(!open.isOver && open.ids.count == room)
      sample.finishReason = .stop
      open.take(sample, text: "y", tokenizer: tokenizer, room: room)
      #expect(open.isOver && open.ids.count == room + 2)
      let episode = open.experience
      #expect(episode.isCutShort)
      #expect(episode.turns.map(\.isFinished) == [false, true])
      #expect(episode.behavior == [-1, -2, -1, -2])
      #expect(PackedBatch([[episode.sequence]]).targets == [5, 6, 5, 6])
    }

    @Test("are rewarded at their end, or turn by turn, with what was said before as the prompt")
    func rewards() async throws {
      let reward = ScriptedReward { _, batch in batch.map { Double($0.prompt.count) } }
      for timing in [RewardTimingChoice.end, .everyTurn] {
        let rollout = try await sample({ $0.rewardTiming = timing }, reward: reward)
        var count = 0
        for (index, experience) in rollout.buffer.experiences.enumerated() {
          for (number, turn) in experience.turns.enumerated() {
            let isRewarded = timing == .everyTurn || number + 1 == experience.turns.count
            #expect(turn.reward == (isRewarded ? Double(turn.context.count) : nil))
            count += isRewarded ? 1 : 0
          }
          #expect(rollout.lastScore(of: index) == count - 1)
        }
        #expect(rollout.scores.totals.count == count)
      }
    }

    @Test(
      "are learned from by each method, in runs that are resumed too",
      arguments: PractisedMethod.allCases)
    func runs(method: PractisedMethod) async throws {
      let file = try folder.write(rows, to: "prompts.jsonl")
      func run(_ name: String, stopAfter stop: Int? = nil) async throws -> PolicyRun {
        try await PolicyRun(method, in: folder, name: name, existing: .resume) {
          $0.prompts.files = [file]
          $0.rollout.turnLimit = 3
          $0.rollout.rewardTiming = .everyTurn
        } observe: {
          isPractised($0, stop) ? .stop : .proceed
        }
      }
      let whole = try await run("whole")
      #expect(try whole.values(.samplingDifferenceMaximum).allSatisfy { $0 < 1e-5 })
      #expect(try whole.values(.maximumLength).max() ?? 0 > 8)
      _ = try await run("stopped", stopAfter: 2)
      _ = try await run("stopped")
      try folder.expectSameRuns("stopped", "whole")
      let once = try await PolicyRun(method, in: folder, name: "once") {
        $0.prompts.files = [file]
        $0.rollout.turnLimit = 1
      }
      #expect(try once.values(.maximumLength).allSatisfy { $0 <= 8 })
    }
  }
#endif
