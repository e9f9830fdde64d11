#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("A KTO run that is resumed")
  struct KTOResumeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Six steps over a shuffled order, with everything on that a run may keep between steps.
    private func run(
      _ name: String, stopAfter stop: Int? = nil, _ change: (inout KTOConfiguration) -> Void
    ) throws -> UnpairedRun {
      try UnpairedRun(in: folder, name: name, existing: .resume) {
        $0.data.shuffle = true
        $0.data.evaluationFraction = 0.25
        $0.run.evaluationSteps = 2
        $0.run.loggingSteps = 4
        $0.batches.microBatchSize = 3
        $0.batches.maxSteps = 6
        $0.optimizer.schedule = .cosine
        $0.optimizer.warmupSteps = 2
        $0.optimizer.weightDecay = 0.1
        change(&$0)
      } observe: {
        if case .stepped(let step, _, _, _, _) = $0, step == stop { .stop } else { .proceed }
      }
    }

    private func bytes(_ path: String) throws -> Data {
      try Data(contentsOf: URL(filePath: folder.path(path)))
    }

    @Test(
      "has the weights and the log of one that was never stopped, byte for byte",
      arguments: KTOLossChoice.allCases, BCOShiftChoice.allCases)
    func exact(loss: KTOLossChoice, shift: BCOShiftChoice) throws {
      guard loss == .bco || shift == .classMeans else { return }
      func change(_ configuration: inout KTOConfiguration) {
        configuration.lossType = loss
        configuration.bcoShift = shift
      }
      _ = try run("whole", change)
      for stop in [1, 3, 5] { _ = try run("stopped", stopAfter: stop, change) }
      let last = try run("stopped", change)
      // Of nine rows in steps of four, the third step has one, which KTO mismatches with itself.
      #expect((last.summary.steps, last.summary.items) == (6, 1))
      #expect(try bytes("stopped/model.safetensors") == bytes("whole/model.safetensors"))
      #expect(try bytes("stopped/metrics.jsonl") == bytes("whole/metrics.jsonl"))
    }

    @Test("goes on with the settings and the judgments it began with, or not at all")
    func foreign() throws {
      _ = try run("run", stopAfter: 2) { _ in }
      let path = "\(folder.path("run"))/checkpoints/step-2"
      var rows = try UnpairedFixture.rows()
      rows[3].label.toggle()
      let file = try folder.write(judged: rows, to: "toggled.jsonl")
      for (reason, change) in [
        ("the training data is not what it was", { $0.data.files = [file] }),
        ("loss_type was kto and is apo_zero_unpaired", { $0.lossType = .apoZeroUnpaired }),
        ("desirable_weight was 1.0 and is 1.1", { $0.desirableWeight = 1.1 }),
      ] as [(String, (inout KTOConfiguration) -> Void)] {
        let error = #expect(throws: TrainingError.self) { try run("run", change) }
        #expect(
          error?.description
            == "\(path): belongs to another run: \(reason); go on with what the run "
            + "was started with, or start a new one with another --out")
      }
    }
  }
#endif
