#if LibTorch
  import Foundation
  import Rewards
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("An on-policy run")
  struct OnPolicyRunTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("learns what is rewarded", arguments: PractisedMethod.allCases)
    func learning(method: PractisedMethod) async throws {
      let run = try await PolicyRun(method, in: folder, rewards: .letters()) {
        $0.divergence.beta = 0
        $0.batches.batchSize = 16
        $0.batches.maxSteps = 16
        $0.optimizer.learningRate = 5e-3
      }
      let rewards = try run.values(.reward)
      let (first, last) = (rewards.prefix(3).reduce(0, +) / 3, rewards.suffix(3).reduce(0, +) / 3)
      #expect(last > first + 0.15, "\(rewards)")
      #expect(run.summary.items == 16 * 16)
      // Before each first update the policy is the one that sampled.
      #expect(try run.values(.samplingDifferenceMaximum).allSatisfy { $0 < 1e-5 })
      #expect(try run.values(.samplingRatioMean).allSatisfy { abs($0 - 1) < 1e-5 })
      let names = folder.names(in: "run")
      for name in ["attune.yaml", "completions.jsonl", "config.json", "metrics.jsonl", "run.json"] {
        #expect(names.contains(name))
      }
    }

    @Test("twice is the same, and another seed is not", arguments: PractisedMethod.allCases)
    func repeatability(method: PractisedMethod) async throws {
      for name in ["once", "twice", "other"] {
        _ = try await PolicyRun(method, in: folder, name: name) {
          $0.prompts.shuffle = true
          $0.prompts.evaluationFraction = 0.25
          if name == "other" { $0.run.seed = 7 }
        }
      }
      try folder.expectSameRuns("once", "twice")
      for file in ["metrics.jsonl", "completions.jsonl", "model.safetensors"] {
        #expect(try folder.bytes("once/\(file)") != folder.bytes("other/\(file)"))
      }
    }

    @Test("logs what was sampled, and how long it is")
    func completions() async throws {
      let run = try await PolicyRun(in: folder) { (configuration: inout RLOOConfiguration) in
        configuration.rollout.stopTexts = ["e"]
        configuration.rollout.sampleSteps = 2
        configuration.batches.maxSteps = 4
      }
      let lines = try String(decoding: folder.bytes("run/completions.jsonl"), as: UTF8.self)
        .split(separator: "\n")
      let rows = try lines.map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      // Two prompts a step, and the first step as well.
      #expect(rows.compactMap { $0["step"] as? Int } == [1, 1, 2, 2, 4, 4])
      let prompts = try Fixture.rows().compactMap { $0["prompt"] }
      #expect(
        rows.compactMap { $0["prompt"] as? String }
          == [prompts[0], prompts[1], prompts[2], prompts[3], prompts[6], prompts[7]])
      for row in rows {
        let text = try #require(row["completion"] as? String)
        #expect(!text.contains("e"))
        #expect(row["reward"] as? Double == row["rewards/letters"] as? Double)
        #expect(row["reward"] as? Double == (text.contains("o") ? 1 : 0))
        let isCut = row["finish_reason"] as? String == "length"
        #expect(isCut == (row["tokens"] as? Int == 8) || !isCut)
      }
      for entry in run.entries {
        let cut = try #require(entry.values[.clippedRatio])
        let values = try [
          MetricName.minimumLength, .meanLength, .maximumLength, .meanTerminatedLength,
        ].map { try #require(entry.values[$0]) }
        #expect(1 <= values[0] && values[0] <= values[1] && values[1] <= values[2])
        #expect(values[2] <= 8 && cut >= 0 && cut < 1)
        // All lengths are those of ended ones and of cut ones, which have 8 tokens.
        #expect(abs(values[1] - (cut * 8 + (1 - cut) * values[3])) < 1e-9)
        #expect(entry.values[.rewardMean(of: "letters")] == entry.values[.reward])
      }
      let last = try #require(run.entries.last)
      #expect(last.values[.episode] == 32)
      #expect(last.values[.epoch] == 1)
      #expect(Int(last.values[.numberOfTokens] ?? 0) == run.summary.tokens)
    }

    @Test("takes as many updates as its settings say")
    func updates() async throws {
      func updates<Configuration: PractisedConfiguration>(
        _ name: String, _ change: (inout Configuration) -> Void
      ) async throws -> [Double] {
        try await PolicyRun(in: folder, name: name) { (configuration: inout Configuration) in
          configuration.batches.maxSteps = 2
          change(&configuration)
        }.values(.updates)
      }
      func reinforce(_ configuration: inout ReinforceConfiguration) {}
      #expect(try await updates("reinforce", reinforce) == [1, 1])
      func grpo(_ configuration: inout GRPOConfiguration) {
        configuration.iterations = 3
        configuration.stepsPerGeneration = 2
        configuration.batches.batchSize = 4
      }
      #expect(try await updates("grpo", grpo) == [6, 6])
      func rloo(_ configuration: inout RLOOConfiguration) { configuration.stepsPerGeneration = 2 }
      #expect(try await updates("rloo", rloo) == [2, 2])
      func ppo(_ configuration: inout PPOConfiguration) {
        configuration.epochsPerRollout = 3
        configuration.minibatches = 4
      }
      #expect(try await updates("ppo", ppo) == [12, 12])
      func cautious(_ configuration: inout PPOConfiguration) {
        configuration.epochsPerRollout = 4
        configuration.targetKL = 1e-12
      }
      // The first update is made where nothing has moved; the second would see that it has.
      #expect(try await updates("cautious", cautious) == [1, 1])
      // The batch that is left out has a loss all the same.
      func losses(_ name: String, target: Double?) async throws -> [Double] {
        try await PolicyRun(in: folder, name: name) { (configuration: inout PPOConfiguration) in
          configuration.epochsPerRollout = 2
          configuration.targetKL = target
          configuration.batches.maxSteps = 1
        }.values(.loss)
      }
      #expect(try await losses("left", target: 1e-12) == losses("whole", target: nil))
    }

    @Test(
      "whose completions are all worth the same says so once and goes on",
      arguments: PractisedMethod.allCases)
    func equalRewards(method: PractisedMethod) async throws {
      let run = try await PolicyRun(
        method, in: folder, rewards: .only(ScriptedReward { _, batch in batch.map { _ in 2 } })
      ) { $0.divergence.beta = 0 }
      #expect(run.summary.steps == 3)
      #expect(run.notes.count == 1)
      #expect(
        run.notes.first
          == "step 1: all completions of each prompt have one reward, so that it teaches nothing; "
          + "it is not said again")
      #expect(try run.values(.rewardDeviation) == [0, 0, 0])
      let origin = try weightsOfModel(at: Fixture.model)
      if method != .ppo { #expect(try run.weights() == origin) }
    }

    @Test(
      "of which nothing is learned where all completions are cut leaves the model as it is",
      arguments: PractisedMethod.allCases)
    func allCut(method: PractisedMethod) async throws {
      let run = try await PolicyRun(method, in: folder) {
        $0.divergence.beta = 0
        $0.rollout.maxCompletionLength = 1
        $0.rollout.masksTruncated = true
      }
      #expect(run.summary.steps == 3)
      #expect(try run.weights() == weightsOfModel(at: Fixture.model))
    }

    @Test("that asks for more prompts than there are says how many a step answers")
    func sharing() async throws {
      let run = try await PolicyRun(in: folder) { (configuration: inout GRPOConfiguration) in
        configuration.batches.batchSize = 64
        configuration.batches.maxSteps = 1
      }
      #expect(
        run.notes.first
          == "a step is to answer 16 prompts, but there are 8; it answers each once, 32 completions "
          + "in all")
      #expect(run.summary.items == 32)
    }
  }
#endif
