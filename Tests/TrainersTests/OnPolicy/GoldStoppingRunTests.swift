#if LibTorch
  import Foundation
  import Rewards
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("A run that is watched")
  struct GoldStoppingRunTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A run whose judge gives one score after the other, evaluation by evaluation.
    private func run(
      _ name: String, gold: [Double], patience: Int? = 2, stopAfter stop: Int? = nil
    ) async throws -> PolicyRun {
      try await PolicyRun(
        in: folder, name: name,
        rewards: .only(
          LetterReward(), judge: ScriptedReward { call, batch in batch.map { _ in gold[call] } }),
        existing: .resume
      ) { (configuration: inout GRPOConfiguration) in
        configuration.prompts.evaluationFraction = 0.25
        configuration.watch.usesGold = true
        configuration.run.evaluationSteps = 1
        configuration.run.earlyStoppingPatience = patience
        configuration.run.saveTotalLimit = 1
        configuration.batches.maxSteps = 6
      } observe: {
        isPractised($0, stop) ? .stop : .proceed
      }
    }

    @Test("returns the model of the best gold score")
    func best() async throws {
      let run = try await run("run", gold: [0, 1, 3, 2, 2.5])
      #expect(run.summary.steps == 4)
      #expect(
        run.notes.last
          == "stopped early: the held-out gold score has not risen for 2 evaluations; the model is "
          + "that of step 2")
      #expect(try run.weights() == weightsOfModel(at: "\(run.directory)/checkpoints/step-2"))
      let golds = run.evaluations.map { $0.values[.gold.onEvaluation] }
      #expect(golds == [0, 1, 3, 2, 2.5])
      #expect(try RunManifest(ofRunAt: run.directory).finishedSteps == 4)
    }

    @Test("returns the model it began with where that was the best")
    func first() async throws {
      let run = try await run("run", gold: [5, 4, 3])
      #expect(run.summary.steps == 2)
      #expect(run.notes.last?.hasSuffix("the model is that of step 0") == true)
      #expect(try run.weights() == weightsOfModel(at: Fixture.model))
    }

    @Test("returns the best of a run that came to its end")
    func end() async throws {
      let run = try await run("run", gold: [0, 1, 2, 3, 4, 6, 5])
      #expect(run.summary.steps == 6)
      #expect(
        run.notes.last
          == "the held-out gold score was highest before the end; the model is that of step 5")
      #expect(try run.weights() == weightsOfModel(at: "\(run.directory)/checkpoints/step-5"))
    }

    @Test("is not stopped where nobody asked for it")
    func unstopped() async throws {
      let run = try await run("run", gold: [9, 8, 7, 6, 5, 4, 3], patience: nil)
      #expect(run.summary.steps == 6)
      #expect(try run.weights() != weightsOfModel(at: Fixture.model))
    }

    @Test("remembers the best when it is resumed")
    func resumed() async throws {
      _ = try await run("run", gold: [0, 1, 3, 2], stopAfter: 3)
      // The judge begins again: the first score is that of step 4.
      let resumed = try await run("run", gold: [2.5])
      #expect(resumed.summary.steps == 4)
      let whole = try await run("whole", gold: [0, 1, 3, 2, 2.5])
      #expect(try resumed.weights() == whole.weights())
    }

    @Test("looks at its held-out prompts on one scale")
    func scale() async throws {
      let run = try await PolicyRun(
        in: folder,
        rewards: .only(
          RewardPart(
            ScriptedReward { call, batch in
              // Three steps and four looks: what is rewarded rises, on looks as on steps.
              batch.indices.map { Double(call) + ($0.isMultiple(of: 2) ? 1 : 0) }
            }, normalization: .running))
      ) { (configuration: inout RLOOConfiguration) in
        configuration.prompts.evaluationFraction = 0.25
        configuration.run.evaluationSteps = 1
      }
      // The first look is at two prompts, worth 1 and 0: mean and deviation ½. Each look comes two
      // calls after the one before.
      let rewards = run.evaluations.map { $0.values[.reward.onEvaluation] ?? .nan }
      #expect(rewards.count == 4)
      for (look, reward) in rewards.enumerated() {
        #expect(abs(reward - 4 * Double(look)) < 1e-9, "\(rewards)")
      }
    }
  }
#endif
