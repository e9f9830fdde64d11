#if LibTorch
  import Foundation
  import PreferenceData
  import Rewards
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("An on-policy run that cannot go on")
  struct OnPolicyFailureTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func letters(_ batch: [RewardedCompletion]) -> [Double?] {
      batch.map { $0.completion.contains("e") ? 1 : 0 }
    }

    private func run(
      _ name: String, _ method: PractisedMethod = .rloo, rewards: OnPolicyRewards,
      _ change: (inout any PractisedConfiguration) -> Void = { _ in }
    ) async throws -> PolicyRun {
      try await PolicyRun(method, in: folder, name: name, rewards: rewards, existing: .resume) {
        $0.batches.maxSteps = 4
        change(&$0)
      }
    }

    @Test(
      "for its reward leaves a checkpoint of the step before, from which it goes on",
      arguments: PractisedMethod.allCases)
    func reward(method: PractisedMethod) async throws {
      let reliable = OnPolicyRewards.only(ScriptedReward { letters($1) })
      let failing = OnPolicyRewards.only(
        ScriptedReward { call, batch in
          if call == 2 { throw Unavailable() }
          return letters(batch)
        })
      await #expect(throws: Unavailable()) { try await run("run", method, rewards: failing) }
      #expect(folder.names(in: "run/checkpoints") == ["step-2"])
      #expect(!folder.names(in: "run").contains("config.json"))
      let resumed = try await run("run", method, rewards: reliable)
      #expect(resumed.entries.map(\.step) == [3, 4])
      _ = try await run("whole", method, rewards: reliable)
      try folder.expectSameRuns("run", "whole")
    }

    @Test("before its first step leaves nothing to go on from")
    func firstReward() async throws {
      await #expect(throws: Unavailable()) {
        try await run("run", rewards: .only(ScriptedReward { _, _ in throw Unavailable() }))
      }
      #expect(folder.names(in: "run/checkpoints") == [])
      let again = try await run("run", rewards: .letters())
      #expect(again.notes.first == "no checkpoint was saved yet; the run starts from its beginning")
    }

    @Test("for a reward that is no number says which completion has it")
    func notANumber() async throws {
      let error = await #expect(throws: RewardError.self) {
        try await run(
          "run",
          rewards: .only(
            ScriptedReward { call, batch in
              var scores = letters(batch)
              if call == 1 { scores[3] = .nan }
              return scores
            }))
      }
      #expect(error?.description.contains("scripted") == true)
      #expect(error?.description.lowercased().contains("nan") == true)
      #expect(folder.names(in: "run/checkpoints") == ["step-1"])
    }

    @Test("for its judge keeps the step, and asks the judge again about it")
    func judge() async throws {
      func watched(_ configuration: inout any PractisedConfiguration) {
        configuration.prompts.evaluationFraction = 0.25
        configuration.watch.usesGold = true
        configuration.run.evaluationSteps = 2
        configuration.run.earlyStoppingPatience = 3
      }
      func judged(failingAt failure: Int?) -> OnPolicyRewards {
        .only(
          LetterReward(),
          judge: ScriptedReward { call, batch in
            if call == failure { throw Unavailable() }
            return letters(batch)
          })
      }
      await #expect(throws: Unavailable()) {
        try await run("run", rewards: judged(failingAt: 1), watched)
      }
      #expect(folder.names(in: "run/checkpoints") == ["step-2"])
      let resumed = try await run("run", rewards: judged(failingAt: nil), watched)
      #expect(resumed.evaluations.map(\.step) == [2, 4])
      _ = try await run("whole", rewards: judged(failingAt: nil), watched)
      try folder.expectSameRuns("run", "whole")
    }

    @Test("for prompts: none, none with room, none that is text")
    func prompts() async throws {
      func sentence(_ change: (inout any PractisedConfiguration) -> Void) async -> String {
        do {
          _ = try await run("run", rewards: .letters(), change)
          return ""
        } catch {
          return "\(error)"
        }
      }
      let empty = try folder.write("", to: "empty.jsonl")
      #expect(await sentence { $0.prompts.files = [empty] }.contains("empty.jsonl"))
      #expect(
        await sentence { $0.rollout.maxCompletionLength = 1024 }
          == "max_completion_length is 1024, but the model has 1024 positions for prompt and "
          + "completion together; lower max_completion_length")
      let crowded = await sentence { $0.rollout.maxCompletionLength = 1022 }
      #expect(crowded.contains(Fixture.pairs) && crowded.contains("8"), "\(crowded)")
      let messages = try folder.write(
        #"{"prompt": [{"role": "user", "content": "Why?"}]}"# + "\n", to: "messages.jsonl")
      #expect(
        await sentence { $0.prompts.files = [messages] }.contains(
          "messages.jsonl:1: holds messages, and chat templates are not supported yet"))
      let dialogue = try folder.write(
        #"{"prompt": "Why?", "follow_ups": 3}"# + "\n", to: "dialogue.jsonl")
      let refused = await sentence { $0.prompts.files = [dialogue] }
      #expect(refused.contains("dialogue.jsonl:1: ") && refused.contains("follow_ups"))
      // All of this is seen before anything is written.
      #expect(folder.names(in: "run") == [])
    }

    @Test("some prompts without room, or without text, are left out and counted")
    func dropped() async throws {
      let file = try folder.write(
        rows: [
          ["prompt": "Why?"], ["prompt": String(repeating: "Why not? ", count: 30)],
          ["prompt": "And then?"],
        ], to: "prompts.jsonl")
      let run = try await run("run", rewards: .letters()) {
        $0.prompts.files = [file]
        $0.prompts.maxLength = 40
        $0.batches.maxSteps = 1
      }
      var counts: (training: Int, dropped: Int)?
      for case .prepared(let training, _, let dropped) in run.events {
        counts = (training, dropped.total)
      }
      #expect(counts.map { [$0.training, $0.dropped] } == [2, 1])
      await #expect(throws: DataError.self) {
        try await self.run("strict", rewards: .letters()) {
          $0.prompts.files = [file]
          $0.prompts.maxLength = 40
          $0.prompts.strict = true
        }
      }
    }

    @Test("for a value function that reads other tokens")
    func vocabulary() async throws {
      let other = folder.path("reward")
      try FileManager.default.copyItem(atPath: RewardFixture.llama, toPath: other)
      let tokenizer = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Demo/tokenizer").standardizedFileURL
      for file in ["tokenizer.json", "tokenizer_config.json"] {
        try FileManager.default.removeItem(atPath: "\(other)/\(file)")
        try FileManager.default.copyItem(
          atPath: tokenizer.appending(path: file).path, toPath: "\(other)/\(file)")
      }
      let error = await #expect(throws: TrainingError.self) {
        try await PolicyRun(in: folder) { (configuration: inout PPOConfiguration) in
          configuration.valueBackbone = .own
          configuration.valueModel = other
        }
      }
      #expect(
        error?.description
          == "\(other): the value function has another tokenizer than the policy, whose token ids it "
          + "would misread; train a reward model from the policy's family, or leave value_model out"
      )
      #expect(folder.names(in: "run") == [])
    }

    @Test("for weights that are no numbers any more", arguments: PractisedMethod.allCases)
    func diverged(method: PractisedMethod) async throws {
      let error = await #expect(throws: TrainingError.self) {
        try await run("run", method, rewards: .letters()) { $0.optimizer.learningRate = 1e30 }
      }
      #expect(error?.description.contains("lower learning_rate") == true)
    }
  }
#endif
