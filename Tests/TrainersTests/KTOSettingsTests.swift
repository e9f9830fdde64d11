#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("Every setting of a KTO run does something")
  struct KTOSettingsTests {
    /// A change of one setting, from a run that also has the settings in `given`.
    struct Change: CustomTestStringConvertible, Sendable {
      let name: String
      var given: @Sendable (inout KTOConfiguration) -> Void = { _ in }
      let apply: @Sendable (inout KTOConfiguration) -> Void
      var testDescription: String { name }
    }

    /// Settings that show in the numbers of three steps.
    static let changes: [Change] = [
      Change(name: "beta") { $0.beta = 0.2 },
      Change(name: "loss_type") { $0.lossType = .bco },
      Change(name: "desirable_weight") { $0.desirableWeight = 0.5 },
      Change(name: "undesirable_weight") { $0.undesirableWeight = 0.5 },
      Change(name: "bco_shift", given: { $0.lossType = .bco }) { $0.bcoShift = .pooled },
      Change(name: "learning_rate") { $0.optimizer.learningRate = 3e-4 },
      Change(name: "lr_scheduler_type") { $0.optimizer.schedule = .cosine },
      Change(name: "warmup_steps") { $0.optimizer.warmupSteps = 2 },
      Change(name: "weight_decay") { $0.optimizer.weightDecay = 1 },
      Change(name: "adam_beta1") { $0.optimizer.adamBeta1 = 0.5 },
      Change(name: "adam_beta2") { $0.optimizer.adamBeta2 = 0.9 },
      Change(name: "adam_epsilon") { $0.optimizer.adamEpsilon = 1e-3 },
      Change(name: "max_grad_norm", given: { $0.optimizer.adamEpsilon = 1e-2 }) {
        $0.optimizer.maxGradNorm = 0.1
      },
      Change(name: "epochs", given: { $0.batches.maxSteps = nil }) { $0.batches.epochs = 1 },
      Change(name: "max_steps") { $0.batches.maxSteps = 2 },
      Change(name: "batch_size") { $0.batches.batchSize = 4 },
      Change(name: "gradient_accumulation_steps") { $0.batches.accumulationSteps = 2 },
      Change(name: "shuffle") { $0.data.shuffle = false },
      Change(name: "seed") { $0.run.seed = 7 },
      Change(name: "max_length") { $0.data.maxLength = 80 },
      Change(name: "logging_steps") { $0.run.loggingSteps = 2 },
      Change(name: "eval_data") { $0.data.evaluationFiles = [UnpairedFixture.completions] },
      Change(name: "eval_fraction") { $0.data.evaluationFraction = 0.3 },
      Change(name: "eval_steps", given: { $0.data.evaluationFraction = 0.3 }) {
        $0.run.evaluationSteps = 1
      },
      Change(
        name: "early_stopping_patience",
        given: {
          $0.data.evaluationFraction = 0.3
          $0.run.evaluationSteps = 1
          $0.batches.maxSteps = 8
          $0.optimizer.learningRate = 0.03
        }
      ) { $0.run.earlyStoppingPatience = 1 },
    ]

    /// Settings that the tests below are about, and those of every run, which other suites test.
    static let others = [
      "model", "reference_model", "data", "strict", "reference_cache", "micro_batch_size", "out",
      "threads", "save_steps", "save_total_limit",
    ]

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func train(
      _ name: String, _ change: (inout KTOConfiguration) -> Void
    ) throws -> UnpairedRun {
      try UnpairedRun(in: folder, name: name) {
        $0.data.shuffle = true
        $0.batches.batchSize = 3
        $0.batches.maxSteps = 3
        change(&$0)
      }
    }

    @Test("a change of it shows in the log", arguments: changes)
    func effect(of change: Change) throws {
      let before = try train("before", change.given)
      let after = try train("after") {
        change.given(&$0)
        change.apply(&$0)
      }
      #expect(after.entries + after.evaluations != before.entries + before.evaluations)
    }

    @Test("there is a test for each setting")
    func completeness() {
      let tested = Self.changes.map(\.name) + Self.others
      #expect(tested.sorted() == KTOConfiguration.settings.map(\.name).sorted())
    }

    @Test("model, reference_model and data are what is read; out and reference_cache get the rest")
    func paths() throws {
      let usual = try train("usual") { _ in }
      var model = try EditedModel(in: folder, name: "model")
      model["model.norm.weight", 3] += 0.25
      try model.save()
      let some = try folder.write(judged: Array(UnpairedFixture.rows().prefix(5)), to: "5.jsonl")
      let runs = [
        try train("other model") { $0.model = model.directory },
        try train("other reference") { $0.referenceModel = model.directory },
        try train("other data") { $0.data.files = [some] },
      ]
      for run in runs {
        #expect(run.entries != usual.entries)
        #expect(
          folder.names(in: URL(filePath: run.directory).lastPathComponent).contains("run.json"))
      }
      _ = try train("other cache") { $0.referenceCache = folder.path("elsewhere") }
      #expect(folder.names(in: "cache").count == 2)
      #expect(folder.names(in: "elsewhere").count == 1)
    }

    @Test("logging_steps averages over the rows since the last line, class by class")
    func logging() throws {
      let each = try train("each") { $0.batches.maxSteps = 4 }
      let some = try train("some") {
        $0.batches.maxSteps = 4
        $0.run.loggingSteps = 2
      }
      #expect(some.entries.map(\.step) == [2, 4])
      for name in [MetricName.loss, .divergence] {
        let values = try each.values(name)
        let expected = [(values[0] + values[1]) / 2, (values[2] + values[3]) / 2]
        for (seen, expected) in zip(try some.values(name), expected) {
          #expect(relativeDeviation(seen, from: expected) < 1e-12)
        }
      }
    }

    @Test("a second run reads the reference from the cache, mismatched completions included")
    func cache() throws {
      let first = try train("first") { $0.batches.maxSteps = 4 }
      let second = try train("second") { $0.batches.maxSteps = 4 }
      #expect(first.referenceReports.first == [0, 12, 0])
      #expect(first.referenceReports.last == [12, 12, 0])
      #expect(second.referenceReports == [[0, 0, 12]])
      #expect(second.entries == first.entries)
      // Another order mismatches other completions, of which some are new.
      let other = try train("other") { $0.run.seed = 3 }
      #expect(try #require(other.referenceReports.first)[1] > 0)
      // What needs none of them finds all it needs.
      let anchored = try train("anchored") { $0.lossType = .apoZeroUnpaired }
      #expect(anchored.referenceReports == [[0, 0, 9]])
    }
  }
#endif
