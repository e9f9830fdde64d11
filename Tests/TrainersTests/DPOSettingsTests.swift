#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import TorchEngine
  import TrainingConfiguration

  @Suite("Every setting of a DPO run does something")
  struct DPOSettingsTests {
    /// A change of one setting, from a run that also has the settings in `given`.
    struct Change: CustomTestStringConvertible, Sendable {
      let name: String
      var given: @Sendable (inout DPOConfiguration) -> Void = { _ in }
      let apply: @Sendable (inout DPOConfiguration) -> Void
      var testDescription: String { name }
    }

    /// Settings that show in the numbers of three steps.
    static let changes: [Change] = [
      Change(name: "beta") { $0.beta = 0.2 },
      Change(name: "loss_type") { $0.lossTypes = [.ipo] },
      Change(name: "loss_weights", given: { $0.lossTypes = [.sigmoid, .sft] }) {
        $0.lossWeights = [1, 0.5]
      },
      Change(name: "label_smoothing") { $0.labelSmoothing = 0.1 },
      Change(name: "f_divergence_type") { $0.fDivergenceType = .forwardKL },
      Change(
        name: "f_alpha_divergence_coef", given: { $0.fDivergenceType = .alpha }
      ) { $0.fAlphaDivergenceCoefficient = 0.3 },
      Change(name: "ld_alpha") { $0.ldAlpha = 0.5 },
      Change(name: "use_weighting") { $0.useWeighting = true },
      Change(name: "discopop_tau", given: { $0.lossTypes = [.discopop] }) {
        $0.discopopTau = 0.5
      },
      Change(name: "cpo_alpha", given: { $0.lossTypes = [.cpo] }) { $0.cpoAlpha = 0.5 },
      Change(name: "simpo_gamma", given: { $0.lossTypes = [.simpo] }) { $0.simpoGamma = 1 },
      Change(name: "learning_rate") { $0.optimizer.learningRate = 3e-4 },
      Change(name: "lr_scheduler_type") { $0.optimizer.schedule = .cosine },
      Change(name: "warmup_steps") { $0.optimizer.warmupSteps = 2 },
      Change(name: "weight_decay") { $0.optimizer.weightDecay = 1 },
      Change(name: "adam_beta1") { $0.optimizer.adamBeta1 = 0.5 },
      Change(name: "adam_beta2") { $0.optimizer.adamBeta2 = 0.9 },
      Change(name: "adam_epsilon") { $0.optimizer.adamEpsilon = 1e-3 },
      Change(name: "max_grad_norm") { $0.optimizer.maxGradNorm = 4 },
      Change(name: "epochs", given: { $0.batches.maxSteps = nil }) { $0.batches.epochs = 1 },
      Change(name: "max_steps") { $0.batches.maxSteps = 2 },
      Change(name: "batch_size") { $0.batches.batchSize = 4 },
      Change(name: "gradient_accumulation_steps") { $0.batches.accumulationSteps = 2 },
      Change(name: "shuffle") { $0.data.shuffle = false },
      Change(name: "seed") { $0.run.seed = 7 },
      Change(name: "max_length") { $0.data.maxLength = 80 },
      Change(name: "logging_steps") { $0.run.loggingSteps = 2 },
      Change(name: "eval_data") { $0.data.evaluationFiles = [Fixture.pairs] },
      Change(name: "eval_fraction") { $0.data.evaluationFraction = 0.3 },
      Change(name: "eval_steps", given: { $0.data.evaluationFraction = 0.3 }) {
        $0.run.evaluationSteps = 1
      },
    ]

    /// Settings that the tests below are about.
    static let others = [
      "model", "reference_model", "data", "strict", "reference_cache", "micro_batch_size", "out",
      "threads", "save_steps", "save_total_limit", "early_stopping_patience",
      // Of rows that have one: RowColumnsTests.
      "agreement",
    ]

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func train(
      _ name: String, _ change: (inout DPOConfiguration) -> Void
    ) throws -> TrainingRun {
      try TrainingRun(in: folder, name: name) {
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
      #expect(tested.sorted() == DPOConfiguration.settings.map(\.name).sorted())
    }

    @Test("model, reference_model and data are what is read; out and reference_cache get the rest")
    func paths() throws {
      let usual = try train("usual") { _ in }
      var model = try EditedModel(in: folder, name: "model")
      model["model.norm.weight", 3] += 0.25
      try model.save()
      let some = try folder.write(rows: Array(Fixture.rows().prefix(3)), to: "some.jsonl")
      let runs = [
        try train("other model") { $0.model = model.directory },
        try train("other reference") { $0.referenceModel = model.directory },
        try train("other data") { $0.data.files = [some] },
      ]
      for run in runs {
        #expect(run.entries != usual.entries)
        #expect(run.directory != usual.directory)
        #expect(
          folder.names(in: URL(filePath: run.directory).lastPathComponent).contains("run.json"))
      }
      _ = try train("other cache") { $0.referenceCache = folder.path("elsewhere") }
      #expect(folder.names(in: "cache").count == 2)
      #expect(folder.names(in: "elsewhere").count == 1)
    }

    @Test("logging_steps averages over the steps since the last line")
    func logging() throws {
      let each = try train("each") { $0.batches.maxSteps = 5 }
      let some = try train("some") {
        $0.batches.maxSteps = 5
        $0.run.loggingSteps = 2
      }
      #expect(some.entries.map(\.step) == [2, 4, 5])
      // Steps of 3, 3, 2, 3 and 3 pairs: a mean over pairs, and not over steps.
      let losses = try each.values(.loss)
      let expected = [
        (3 * losses[0] + 3 * losses[1]) / 6, (2 * losses[2] + 3 * losses[3]) / 5, losses[4],
      ]
      for (seen, expected) in zip(try some.values(.loss), expected) {
        #expect(relativeDeviation(seen, from: expected) < 1e-12)
      }
      for name in [MetricName.gradientNorm, .learningRate, .epoch, .numberOfTokens] {
        #expect(try some.values(name) == [1, 3, 4].map { try each.values(name)[$0] })
      }
    }

    @Test("threads is the engine's number of threads")
    func threads() async {
      await #expect(processExitsWith: .success) {
        for threads in [1, 3] {
          let folder = try TemporaryFolder()
          _ = try TrainingRun(in: folder) {
            $0.run.threads = threads
            $0.batches.maxSteps = 1
          }
          #expect(Engine.threads == threads)
        }
      }
    }
  }
#endif
