#if LibTorch
  import Foundation
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("Every setting of a supervised run does something")
  struct SupervisedSettingsTests {
    /// A change of one setting, from a run that also has the settings in `given`.
    struct Change: CustomTestStringConvertible, Sendable {
      let name: String
      var given: @Sendable (inout SupervisedConfiguration) -> Void = { _ in }
      let apply: @Sendable (inout SupervisedConfiguration) -> Void
      var testDescription: String { name }
    }

    /// Settings that show in the numbers of three steps.
    static let changes: [Change] = [
      Change(name: "completion_only_loss") { $0.completionOnlyLoss = false },
      Change(
        name: "assistant_only_loss", given: { $0.data.files = [SupervisedFixture.texts] }
      ) { $0.assistantOnlyLoss = true },
      Change(name: "loss_type") { $0.lossType = .dynamic },
      Change(name: "label_smoothing") { $0.labelSmoothing = 0.1 },
      Change(name: "length_penalty") { $0.lengthPenalty = 0.1 },
      Change(name: "repetition_penalty") { $0.repetitionPenalty = 0.1 },
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
      Change(name: "eval_data") { $0.data.evaluationFiles = [SupervisedFixture.texts] },
      Change(name: "eval_fraction") { $0.data.evaluationFraction = 0.3 },
      Change(name: "eval_steps", given: { $0.data.evaluationFraction = 0.3 }) {
        $0.run.evaluationSteps = 1
      },
      Change(name: "model") { $0.model = nil },
      Change(name: "data") { $0.data.files = [SupervisedFixture.texts] },
    ]

    /// Settings that other tests are about: what they do shows elsewhere than in the log.
    static let others = [
      "strict", "micro_batch_size", "out", "threads", "save_steps", "save_total_limit",
      "early_stopping_patience",
    ]

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a change of it shows in the log", arguments: changes)
    func effect(of change: Change) throws {
      var edited = try EditedModel(in: folder, name: "edited")
      edited["model.norm.weight", 3] += 0.25
      try edited.save()
      func train(_ name: String, isChanged: Bool) throws -> SupervisedRun {
        try SupervisedRun(in: folder, name: name) {
          $0.data.shuffle = true
          $0.batches.batchSize = 3
          $0.batches.maxSteps = 3
          change.given(&$0)
          if isChanged { change.apply(&$0) }
          $0.model = $0.model ?? edited.directory
        }
      }
      let before = try train("before", isChanged: false)
      let after = try train("after", isChanged: true)
      #expect(after.entries + after.evaluations != before.entries + before.evaluations)
    }

    @Test("there is a test for each setting")
    func completeness() {
      let tested = Self.changes.map(\.name) + Self.others
      #expect(tested.sorted() == SupervisedConfiguration.settings.map(\.name).sorted())
      // Pretraining has no setting of its own.
      #expect(PretrainingConfiguration.settings.allSatisfy { tested.contains($0.name) })
    }

    @Test("a loss that is no number names step and row")
    func divergence() throws {
      var model = try EditedModel(in: folder, name: "broken")
      model["model.norm.weight", 3] = .nan
      try model.save()
      let error = #expect(throws: TrainingError.self) {
        try SupervisedRun(in: folder) { $0.model = model.directory }
      }
      #expect(
        error?.description
          == "step 1: the loss of \(SupervisedFixture.demonstrations):1 is NaN; lower learning_rate, "
          + "or look for broken weights with `attune score`")
    }

    @Test("pretraining reads its settings too")
    func pretraining() throws {
      func train(
        _ name: String, _ change: (inout PretrainingConfiguration) -> Void = { _ in }
      ) throws -> SupervisedRun {
        try SupervisedRun(pretrainingIn: folder, name: name, change)
      }
      let usual = try train("usual")
      let changes: [(String, (inout PretrainingConfiguration) -> Void)] = [
        ("max_length", { $0.data.maxLength = 32 }),
        ("learning_rate", { $0.optimizer.learningRate = 1e-4 }),
        ("adam_beta2", { $0.optimizer.adamBeta2 = 0.999 }),
        ("weight_decay", { $0.optimizer.weightDecay = 0 }),
        ("lr_scheduler_type", { $0.optimizer.schedule = .constant }),
        ("batch_size", { $0.batches.batchSize = 2 }),
        ("shuffle", { $0.data.shuffle = false }),
      ]
      for (name, change) in changes {
        #expect(try train(name, change).entries != usual.entries, "\(name)")
      }
    }
  }
#endif
