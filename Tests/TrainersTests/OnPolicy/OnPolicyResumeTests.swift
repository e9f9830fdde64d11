#if LibTorch
  import Foundation
  import Rewards
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("An on-policy run that is resumed")
  struct OnPolicyResumeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Six steps with everything on that a run may keep between steps.
    private func run(
      _ method: PractisedMethod, _ name: String, stopAfter stop: Int? = nil,
      rewards: OnPolicyRewards? = nil,
      _ change: (inout any PractisedConfiguration) -> Void = { _ in }
    ) async throws -> PolicyRun {
      let usual = OnPolicyRewards.only(
        RewardPart(LetterReward(letters: ["e", "o"]), normalization: .running),
        judge: LetterReward(letters: ["a"]))
      return try await PolicyRun(
        method, in: folder, name: name, rewards: rewards ?? usual, existing: .resume
      ) {
        $0.prompts.shuffle = true
        $0.prompts.evaluationFraction = 0.25
        $0.watch.usesGold = true
        $0.watch.keywords = ["the"]
        $0.run.evaluationSteps = 2
        $0.run.earlyStoppingPatience = 4
        $0.run.loggingSteps = 4
        $0.rollout.sampleSteps = 3
        $0.divergence.beta = 0.1
        $0.divergence.control = .proportional
        $0.divergence.target = 0.5
        $0.divergence.horizon = 20
        $0.batches.maxSteps = 6
        $0.optimizer.schedule = .cosine
        $0.optimizer.warmupSteps = 2
        $0.optimizer.weightDecay = 0.1
        if var ppo = $0 as? PPOConfiguration {
          ppo.minibatches = 2
          ppo.epochsPerRollout = 2
          ppo.valueBackbone = .own
          $0 = ppo
        } else if var grpo = $0 as? GRPOConfiguration {
          grpo.iterations = 2
          $0 = grpo
        } else if var reinforce = $0 as? ReinforceConfiguration {
          reinforce.baseline = .running
          $0 = reinforce
        }
        change(&$0)
      } observe: {
        isPractised($0, stop) ? .stop : .proceed
      }
    }

    @Test(
      "has the weights and the logs of one that was never stopped, byte for byte",
      arguments: PractisedMethod.allCases)
    func exact(method: PractisedMethod) async throws {
      let whole = try await run(method, "whole")
      #expect(Set(try whole.values(.divergenceCoefficient)).count > 1)
      for stop in [1, 3, 4] { _ = try await run(method, "stopped", stopAfter: stop) }
      let last = try await run(method, "stopped")
      #expect((last.summary.steps, last.summary.items) == (6, 16))
      try folder.expectSameRuns("stopped", "whole")
      let manifest = try RunManifest(ofRunAt: folder.path("stopped"))
      #expect(manifest.method == "\(method)")
      #expect(manifest.resumptions?.map(\.step) == [1, 3, 4])
      #expect(try await run(method, "whole").notes == ["the run is complete: all 6 steps are done"])
    }

    @Test("keeps a value function on the policy's hidden states")
    func sharedValues() async throws {
      func change(_ configuration: inout any PractisedConfiguration) {
        guard var ppo = configuration as? PPOConfiguration else { return }
        ppo.valueBackbone = .shared
        configuration = ppo
      }
      _ = try await run(.ppo, "whole", change)
      _ = try await run(.ppo, "stopped", stopAfter: 3, change)
      #expect(folder.names(in: "stopped/checkpoints/step-3").contains("value_model.safetensors"))
      _ = try await run(.ppo, "stopped", change)
      try folder.expectSameRuns("stopped", "whole")
    }

    @Test("takes back what was logged after its checkpoint")
    func cutting() async throws {
      struct Killed: Error {}
      func change(_ configuration: inout GRPOConfiguration) {
        configuration.run.saveSteps = 2
        configuration.rollout.sampleSteps = 1
        configuration.batches.maxSteps = 6
      }
      await #expect(throws: Killed.self) {
        try await PolicyRun(in: folder, name: "killed", change) {
          if case .logged(let entry) = $0, entry.step == 5 { throw Killed() }
          return .proceed
        }
      }
      #expect(
        String(decoding: try folder.bytes("killed/metrics.jsonl"), as: UTF8.self)
          .contains("\"step\":5"))
      let resumed = try await PolicyRun(in: folder, name: "killed", existing: .resume, change)
      #expect(resumed.entries.map(\.step) == [5, 6])
      _ = try await PolicyRun(in: folder, name: "whole", change)
      try folder.expectSameRuns("killed", "whole")
    }

    @Test("goes on with the settings, the prompts and the rewards it began with, or not at all")
    func foreign() async throws {
      let rules = try folder.write("rules:\n  - {type: length, max: 5}\n", to: "rules.yaml")
      func ruled(_ configuration: inout any PractisedConfiguration) {
        configuration.reward.rules = rules
      }
      _ = try await run(.grpo, "run", stopAfter: 2, ruled)
      func expectRefused(
        _ reason: String, _ change: (inout any PractisedConfiguration) -> Void
      ) async throws {
        let error = await #expect(throws: TrainingError.self) {
          try await run(.grpo, "run") {
            ruled(&$0)
            change(&$0)
          }
        }
        #expect(
          error?.description
            == "\(folder.path("run"))/checkpoints/step-2: belongs to another run: \(reason); go on "
            + "with what the run was started with, or start a new one with another --out")
      }
      try await expectRefused("beta was 0.1 and is 0.2; temperature was 1.0 and is 0.9") {
        $0.divergence.beta = 0.2
        $0.rollout.temperature = 0.9
      }
      try await expectRefused("turn_limit was 8 and is 3") { $0.rollout.turnLimit = 3 }
      let some = try folder.write(rows: Fixture.rows().reversed(), to: "reversed.jsonl")
      try await expectRefused(
        "the set of held-out prompts is not what it was; the set of training prompts is not what it "
          + "was"
      ) { $0.prompts.files = [some] }
      try folder.write("rules:\n  - {type: length, max: 6}\n", to: "rules.yaml")
      try await expectRefused("the file of reward rules is not what it was") { _ in }
      try folder.write("rules:\n  - {type: length, max: 5}\n", to: "rules.yaml")
      // What is refused leaves the run as it was, and what decides nothing may change.
      _ = try await run(.grpo, "whole", ruled)
      _ = try await run(.grpo, "run") {
        ruled(&$0)
        $0.run.threads = 2
        $0.run.saveSteps = 1
      }
      #expect(try folder.bytes("run/model.safetensors") == folder.bytes("whole/model.safetensors"))
    }
  }
#endif
