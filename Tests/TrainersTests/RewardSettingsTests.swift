#if LibTorch
  import Foundation
  import PreferenceData
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("Every setting of reward changes something")
  struct RewardSettingsTests {
    /// A setting, and a change of it that must show in the log, beside a run that also has the settings
    /// in `given`.
    struct Change: CustomTestStringConvertible, Sendable {
      let name: String
      var given: @Sendable (inout RewardConfiguration) -> Void = { _ in }
      let apply: @Sendable (inout RewardConfiguration) -> Void
      var testDescription: String { name }
    }

    /// Settings that show in the numbers of three steps.
    static let changes: [Change] = [
      Change(name: "backbone") { $0.backbone = .frozen },
      Change(name: "head_type") { $0.headType = .mlp },
      Change(name: "head_hidden_size", given: { $0.headType = .mlp }) { $0.headHiddenSize = 64 },
      Change(name: "head_dropout", given: { $0.headType = .mlp }) { $0.headDropout = 0.5 },
      Change(name: "ensemble_size") { $0.ensembleSize = 2 },
      Change(name: "ensemble_type", given: { $0.ensembleSize = 2 }) { $0.ensembleType = .models },
      Change(name: "margin") { $0.margin = 0.5 },
      Change(name: "agreement") { $0.agreement = .probability },
      Change(name: "ranking_loss", given: rankings) { $0.rankingLoss = .allPairs },
      Change(name: "center_rewards_coefficient") { $0.centerRewardsCoefficient = 0.01 },
      Change(name: "l2_coefficient") { $0.l2Coefficient = 0.01 },
      Change(name: "smoothness_coefficient") { $0.smoothnessCoefficient = 0.5 },
      Change(name: "smoothness_drop", given: { $0.smoothnessCoefficient = 0.5 }) {
        $0.smoothnessDrop = 0.4
      },
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
      Change(name: "max_length") { $0.data.maxLength = 100 },
      Change(name: "logging_steps") { $0.run.loggingSteps = 2 },
      Change(name: "eval_data") { $0.data.evaluationFiles = [RewardFixture.evaluation] },
      Change(name: "eval_fraction") { $0.data.evaluationFraction = 0.3 },
      Change(name: "eval_steps", given: { $0.data.evaluationFraction = 0.3 }) {
        $0.run.evaluationSteps = 1
      },
      Change(
        name: "early_stopping_patience",
        given: {
          $0.data.evaluationFraction = 0.3
          $0.run.evaluationSteps = 1
          $0.batches.maxSteps = 12
          $0.optimizer.learningRate = 0.05
        }
      ) { $0.run.earlyStoppingPatience = 1 },
    ]

    private static let rankings: @Sendable (inout RewardConfiguration) -> Void = {
      $0.data.files = $0.data.files.map {
        $0.replacingOccurrences(of: "agreements.jsonl", with: "rankings.jsonl")
      }
    }

    /// Settings that other tests are about, and those of every run, which other suites test.
    static let others = [
      "model", "features", "data", "strict", "micro_batch_size", "out", "threads", "save_steps",
      "save_total_limit",
    ]

    private let folder: TemporaryFolder
    private let pairs: String

    init() throws {
      folder = try TemporaryFolder()
      let rows = try RewardFixture.rows().enumerated().map { index, row in
        var row = row
        row.agreement = index.isMultiple(of: 2) ? 0.75 : 1
        return row
      }
      pairs = try folder.write(rows, to: "agreements.jsonl")
      _ = try folder.write(RewardFixture.rankings(), to: "rankings.jsonl")
    }

    private func train(
      _ name: String, _ change: (inout RewardConfiguration) throws -> Void
    ) throws -> RewardRun {
      try RewardRun(in: folder, name: name) {
        $0.model = Fixture.model
        $0.data.files = [pairs]
        $0.data.shuffle = true
        $0.batches.batchSize = 3
        $0.batches.maxSteps = 3
        try change(&$0)
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
      #expect(tested.sorted() == RewardConfiguration.settings.map(\.name).sorted())
    }

    @Test("model and data are what is read; pairs beyond max_length are left out and not cut")
    func paths() throws {
      let usual = try train("usual") { _ in }
      let other = try train("other") { $0.model = RewardFixture.llama }
      #expect(other.entries != usual.entries)
      let short = try train("short") { $0.data.maxLength = 100 }
      guard case .prepared(let training, _, let dropped)? = short.events.first else {
        Issue.record("no data")
        return
      }
      #expect(dropped[.tooLong] == 8 - training && training < 8)
      let strict = #expect(throws: (any Error).self) {
        try train("strict") {
          $0.data.maxLength = 100
          $0.data.strict = true
        }
      }
      #expect(String(describing: strict).contains("more than max_length tokens"))
    }

    @Test("a paraphrase takes the place of a copy without some tokens, where copies are asked for")
    func paraphrases() throws {
      func losses(_ name: String, _ words: String?, smoothness: Double) throws -> [Double] {
        var rows = try RewardFixture.rows()
        for index in rows.indices { rows[index].paraphrase = words }
        return try train(name) {
          $0.data.files = [try folder.write(rows, to: "\(name).jsonl")]
          $0.smoothnessCoefficient = smoothness
        }.values(.loss)
      }
      let dropped = try losses("dropped", nil, smoothness: 1)
      #expect(try losses("reworded", " In other words.", smoothness: 1) != dropped)
      #expect(try losses("blank", " ", smoothness: 1) == dropped)
      let plain = try losses("plain", nil, smoothness: 0)
      #expect(try losses("unused", " In other words.", smoothness: 0) == plain)
    }

    @Test("logging_steps averages over the pairs since the last line; extremes are extremes")
    func logging() throws {
      let each = try train("each") { $0.batches.maxSteps = 4 }
      let some = try train("some") {
        $0.batches.maxSteps = 4
        $0.run.loggingSteps = 4
      }
      #expect(some.entries.map(\.step) == [4])
      let weights = [3.0, 3, 2, 3]
      for name in [MetricName.loss, .accuracy, .margin, .meanScore] {
        let expected = zip(try each.values(name), weights).reduce(0) { $0 + $1.0 * $1.1 } / 11
        #expect(abs(try some.values(name)[0] - expected) < 1e-12)
      }
      #expect(try some.values(.lowestScore)[0] == each.values(.lowestScore).min())
      #expect(try some.values(.highestScore)[0] == each.values(.highestScore).max())
    }
  }
#endif
