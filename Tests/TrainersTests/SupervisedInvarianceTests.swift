#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("Supervised runs: what changes memory and time never changes results")
  struct SupervisedInvarianceTests {
    /// Settings under which every part of the loss is on.
    private static let losses: [@Sendable (inout SupervisedConfiguration) -> Void] = [
      { _ in },
      { $0.lossType = .dynamic },
      {
        $0.labelSmoothing = 0.1
        $0.lengthPenalty = 0.5
        $0.repetitionPenalty = 0.5
        $0.assistantOnlyLoss = true
      },
    ]

    /// Three steps of eight rows, compared within what float32 sums in another order may differ by.
    private func expectSameTraining(_ change: (inout SupervisedConfiguration) -> Void) throws {
      for loss in Self.losses {
        let folder = try TemporaryFolder()
        func train(
          _ name: String, _ change: (inout SupervisedConfiguration) -> Void
        ) throws -> SupervisedRun {
          try SupervisedRun(in: folder, name: name) {
            loss(&$0)
            $0.batches.batchSize = 8
            $0.batches.maxSteps = 3
            $0.optimizer.adamEpsilon = 1e-4
            $0.data.evaluationFiles = [SupervisedFixture.demonstrations]
            change(&$0)
          }
        }
        let usual = try train("usual") { $0.batches.microBatchSize = 8 }
        let other = try train("other", change)
        let pairs = zip(other.entries + other.evaluations, usual.entries + usual.evaluations)
        for (a, b) in pairs {
          #expect(a.values.keys == b.values.keys)
          for (name, value) in b.values {
            let seen = try #require(a.values[name])
            #expect(relativeDeviation(seen, from: value) < 1e-5, "\(name)")
          }
        }
        let distance = relativeDistance(
          try other.weights(), try usual.weights(), origin: try weightsOfModel(at: Fixture.model))
        #expect(distance < 1e-4)
      }
    }

    @Test("the size of micro-batches", arguments: [1, 3, nil] as [Int?])
    func microBatches(size: Int?) throws {
      try expectSameTraining { $0.batches.microBatchSize = size }
    }

    @Test("the split of a step into batches", arguments: [(1, 8), (4, 2), (5, 2)])
    func accumulation(batchSize: Int, steps: Int) throws {
      try expectSameTraining {
        $0.batches.batchSize = batchSize
        $0.batches.accumulationSteps = steps
      }
    }

    @Test("parts of a loss that are on are logged, and add up to it")
    func parts() throws {
      let folder = try TemporaryFolder()
      let run = try SupervisedRun(in: folder) {
        $0.lengthPenalty = 0.5
        $0.repetitionPenalty = 2
      }
      let names = [MetricName.negativeLogLikelihood, .lengthLoss, .repetitionLoss]
      let parts = try names.map { try run.values($0) }
      for (step, loss) in try run.values(.loss).enumerated() {
        #expect(relativeDeviation(parts.reduce(0) { $0 + $1[step] }, from: loss) < 1e-12)
      }
      let plain = try SupervisedRun(in: folder, name: "plain")
      #expect(plain.entries.allSatisfy { $0.values.keys.allSatisfy { !names.contains($0) } })
    }
  }

  @Suite("A supervised run that is resumed")
  struct SupervisedResumeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func bytes(_ path: String) throws -> Data {
      try Data(contentsOf: URL(filePath: folder.path(path)))
    }

    private func expectSame() throws {
      for file in ["model.safetensors", "metrics.jsonl"] {
        #expect(try bytes("stopped/\(file)") == bytes("whole/\(file)"), "\(file)")
      }
    }

    private func observer(stopAfter stop: Int?) -> (TrainingEvent) -> TrainingDisposition {
      { if case .stepped(let step, _, _, _, _) = $0, step == stop { .stop } else { .proceed } }
    }

    @Test("has the weights and the log of one that was never stopped, byte for byte")
    func exact() throws {
      func run(_ name: String, stopAfter stop: Int? = nil) throws -> SupervisedRun {
        try SupervisedRun(
          in: folder, name: name, existing: .resume,
          {
            $0.data.shuffle = true
            $0.data.evaluationFraction = 0.25
            $0.run.evaluationSteps = 2
            $0.run.loggingSteps = 4
            $0.batches.batchSize = 3
            $0.batches.maxSteps = 6
            $0.optimizer.schedule = .cosine
            $0.optimizer.warmupSteps = 2
            $0.optimizer.weightDecay = 0.1
            $0.labelSmoothing = 0.1
            $0.lengthPenalty = 0.1
            $0.repetitionPenalty = 0.1
          }, observe: observer(stopAfter: stop))
      }
      _ = try run("whole")
      for stop in 1...5 { _ = try run("stopped", stopAfter: stop) }
      #expect(try run("stopped").summary.steps == 6)
      try expectSame()
    }

    @Test("has them in pretraining too, and no run goes on with the other verb's checkpoints")
    func pretraining() throws {
      func run(_ name: String, stopAfter stop: Int? = nil) throws -> SupervisedRun {
        try SupervisedRun(
          pretrainingIn: folder, name: name, existing: .resume,
          {
            $0.data.maxLength = 32
            $0.data.evaluationFraction = 0.25
            $0.run.loggingSteps = 2
            $0.batches.maxSteps = 5
          }, observe: observer(stopAfter: stop))
      }
      _ = try run("whole")
      for stop in [1, 3] { _ = try run("stopped", stopAfter: stop) }
      let error = #expect(throws: TrainingError.self) {
        try SupervisedRun(in: folder, name: "stopped", existing: .resume)
      }
      #expect(
        error?.description.contains("the method was pretrain and is sft") == true)
      _ = try run("stopped")
      try expectSame()
    }

    @Test("learns the data it began with, or not at all")
    func foreign() throws {
      _ = try SupervisedRun(in: folder, observe: observer(stopAfter: 2))
      for change: (inout SupervisedConfiguration) -> Void in [
        { $0.data.files = [SupervisedFixture.texts] }, { $0.data.maxLength = 100 },
      ] {
        let error = #expect(throws: TrainingError.self) {
          try SupervisedRun(in: folder, existing: .resume, change)
        }
        #expect(
          error?.description.contains("the training data is not what it was") == true)
      }
      // Other tokens of the same data.
      let error = #expect(throws: TrainingError.self) {
        try SupervisedRun(in: folder, existing: .resume) { $0.completionOnlyLoss = false }
      }
      #expect(
        error?.description.contains(
          "the training data is not what it was; completion_only_loss was none and is false")
          == true)
    }

    @Test("early stopping ends the run and keeps the model of the lowest perplexity")
    func earlyStopping() throws {
      func train(
        _ name: String, _ change: (inout SupervisedConfiguration) -> Void = { _ in }
      ) throws -> SupervisedRun {
        try SupervisedRun(in: folder, name: name) {
          $0.data.evaluationFraction = 0.4
          $0.batches.maxSteps = 200
          $0.optimizer.learningRate = 3e-3
          $0.run.evaluationSteps = 2
          $0.run.earlyStoppingPatience = 3
          change(&$0)
        }
      }
      let run = try train("run")
      let perplexities = try run.evaluated(.perplexity)
      let lowest = try #require(perplexities.indices.min { perplexities[$0] < perplexities[$1] })
      #expect(perplexities.count == lowest + 4)
      #expect(run.summary.steps < 200)
      let best = 2 * (lowest + 1)
      #expect(
        run.notes.last
          == "stopped early: the held-out perplexity has not fallen for 3 evaluations; "
          + "the model is that of step \(best)")
      let kept = try train("kept") {
        $0.batches.maxSteps = best
        $0.run.earlyStoppingPatience = nil
      }
      #expect(try run.weights() == kept.weights())
    }
  }
#endif
