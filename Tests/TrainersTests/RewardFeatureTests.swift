#if LibTorch
  import Foundation
  import LanguageModels
  import PreferenceData
  import RunRecords
  import Testing
  import TorchEngine
  import Trainers
  import TrainingConfiguration

  /// Reward models that read vectors of features.
  @Suite("A reward model of feature vectors")
  struct RewardFeatureTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    struct Row: Codable {
      var chosen_features: [Double]
      var rejected_features: [Double]
      var margin: Double?
      var weight: Double?
      var confidence: String?
      var agreement: Double?
    }

    /// What is good has a large first number that the second does not undo: not a linear rule.
    static func rows(_ count: Int, seed: UInt64 = 3) -> [Row] {
      var random = SeededGenerator(seed: seed)
      func number() -> Double { Double(random.next() >> 11) * 0x1p-52 - 1 }
      func worth(_ features: [Double]) -> Double { features[0] * features[1] + 0.5 * features[2] }
      return (0..<count).map { _ in
        let pair = [[number(), number(), number()], [number(), number(), number()]]
          .sorted { worth($0) > worth($1) }
        return Row(chosen_features: pair[0], rejected_features: pair[1])
      }
    }

    private func train(
      _ name: String = "run", existing: ExistingRun = .refuse, rows: [Row] = rows(256),
      stopAfter stop: Int? = nil, _ change: (inout RewardConfiguration) throws -> Void = { _ in }
    ) throws -> RewardRun {
      try RewardRun(in: folder, name: name, existing: existing) {
        $0 = RewardConfiguration()
        $0.features = [try folder.write(rows, to: "features.jsonl")]
        $0.data.evaluationFraction = 0.25
        $0.headHiddenSize = 32
        $0.optimizer.learningRate = 0.01
        $0.batches.batchSize = 32
        $0.batches.epochs = 20
        $0.run.directory = folder.path(name)
        try change(&$0)
      } observe: {
        if case .stepped(let step, _, _, _, _) = $0, step == stop { .stop } else { .proceed }
      }
    }

    @Test("learns what no linear rule says, and leaves heads and a record")
    func learns() throws {
      let run = try train()
      let accuracy = try #require(run.evaluations.last?.values[.accuracy.onEvaluation])
      #expect(accuracy > 0.85)
      #expect(
        folder.names(in: "run").filter { !$0.contains("tfevents") }
          == [
            "attune.yaml", "metrics.jsonl", "reward_heads.safetensors", "reward_model.json",
            "run.json",
          ])
      let model = try FeatureRewardModel(directory: run.directory)
      #expect(model.width == 3)
      #expect(model.head == ScoreHeadShape(kind: .multilayer(width: 32)))
      #expect(model.record.normalization.count == 1)
      let manifest = try RunManifest(ofRunAt: run.directory)
      #expect(manifest.method == "reward")
      #expect(manifest.data.map(\.path) == [folder.path("features.jsonl")])
    }

    @Test(
      "first loss, by hand: the mean of −log σ of the differences, margins and weights included")
    func firstLoss() throws {
      var rows = Self.rows(4)
      rows[1].margin = 0.5
      rows[2].confidence = "low"
      rows[3].agreement = 0.75
      rows[3].weight = 2
      let run = try train(rows: rows) {
        $0.data.evaluationFraction = nil
        $0.headDropout = 0
        $0.batches.maxSteps = 1
      }
      // The fresh model is that of the seed.
      let model = try FeatureRewardModel(
        fresh: .init(kind: .multilayer(width: 32)), width: 3, seed: 42)
      let vectors = rows.flatMap { [$0.chosen_features, $0.rejected_features] }
      let scores = try withoutGradients { () throws(EngineError) in
        try model.scores(
          ofFeatures: Tensor(vectors.joined().map(Float.init), shape: [8, 3])
        ).members[0]
      }
      func loss(_ row: Int, margin: Double = 0) -> Double {
        log(1 + exp(margin - scores[2 * row] + scores[2 * row + 1]))
      }
      let expected =
        (loss(0) + loss(1, margin: 0.5) + 0.5 * loss(2) + 2 * 0.75 * loss(3)) / 4
      #expect(abs(try run.values(.loss)[0] - expected) < 1e-6)
    }

    @Test("heads and models make ensembles, and resuming is exact")
    func ensembles() throws {
      for type in EnsembleChoice.allCases {
        func change(_ configuration: inout RewardConfiguration) {
          configuration.ensembleSize = 3
          configuration.ensembleType = type
          configuration.batches.maxSteps = 6
        }
        let whole = try train("whole-\(type)", change)
        _ = try train("stopped-\(type)", existing: .resume, stopAfter: 3, change)
        let stopped = try train("stopped-\(type)", existing: .resume, change)
        for (a, b) in zip(
          try RewardEnsemble.members(of: whole.directory),
          try RewardEnsemble.members(of: stopped.directory))
        {
          for name in ["reward_heads.safetensors", "reward_model.json", "metrics.jsonl"] {
            #expect(try haveEqualBytes("\(a)/\(name)", "\(b)/\(name)"), "\(name)")
          }
        }
        let scoring = try FeatureScoring(directory: whole.directory)
        let row = FeatureRow(
          vectors: [[0.5, 0.5, 0.5]], source: SourceLocation(file: "f", line: 1))
        let score = try scoring.scores(of: [row])[0][0]
        #expect(score.members.count == 3 && score.variance > 0)
      }
    }

    @Test("micro-batches change nothing, dropout included")
    func microBatches() throws {
      let usual = try train("usual") { $0.batches.maxSteps = 5 }
      let other = try train("other") {
        $0.batches.maxSteps = 5
        $0.batches.microBatchSize = 5
      }
      for (a, b) in zip(try usual.values(.loss), try other.values(.loss)) {
        #expect(abs(a - b) < 1e-6)
      }
      let plain = try train("plain") {
        $0.batches.maxSteps = 5
        $0.headDropout = 0
      }
      #expect(try plain.values(.loss) != usual.values(.loss))
    }

    @Test("vectors of two files must have one width; the error names file, line and field")
    func widths() throws {
      let error = #expect(throws: DataError.self) {
        try train {
          $0.features.append(
            try folder.write(
              #"{"chosen_features": [1, 2], "rejected_features": [3, 4]}"# + "\n", to: "2.jsonl"))
        }
      }
      let sentence = try #require(error?.description)
      #expect(
        sentence.contains(
          "\(folder.path("2.jsonl")):1: field `chosen_features`: saw a list of 2; allowed is a list "
            + "of 3 numbers"))
    }

    @Test("one kind of reward model is not taken for the other")
    func kinds() throws {
      let run = try train { $0.batches.maxSteps = 1 }
      #expect(try FeatureScoring.reads(run.directory))
      #expect(try !FeatureScoring.reads(RewardFixture.llama))
      let text = #expect(throws: ModelError.self) { try RewardModel(directory: run.directory) }
      #expect(
        text?.description
          == "\(run.directory)/reward_model.json: is a reward model of feature vectors, which reads no "
          + "text; give it rows of features")
      let vectors = #expect(throws: ModelError.self) {
        try FeatureRewardModel(directory: RewardFixture.llama)
      }
      #expect(
        vectors?.description
          == "\(RewardFixture.llama)/reward_model.json: names no feature_width: the model reads text, "
          + "not vectors of features")
    }

    @Test("a plan tells what the run will do")
    func plan() throws {
      var configuration = RewardConfiguration()
      configuration.features = [try folder.write(Self.rows(40), to: "f.jsonl")]
      configuration.data.evaluationFraction = 0.25
      configuration.batches.epochs = 2
      let plan = try FeatureRewardPlan(configuration)
      #expect((plan.data.training, plan.data.heldOut) == (30, 10))
      #expect(plan.cost.steps == 8 && plan.cost.items == 60)
      // 256 hidden units of 3 inputs and a bias, and one output of them and a bias.
      #expect(plan.parameterCount == 256 * 4 + 257)
    }
  }
#endif
