#if LibTorch
  import Foundation
  import LanguageModels
  import RunRecords
  import Testing
  import Tokenization
  import Trainers
  import TrainingConfiguration

  @Suite("What a run leaves")
  struct TrainedModelTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
      "the directory holds a model, its tokenizer, and the records of the run, and nothing else")
    func files() throws {
      let run = try TrainingRun(in: folder)
      let names = folder.names(in: "run")
      #expect(
        names.filter { !$0.hasPrefix("events.out.tfevents.") } == [
          "attune.yaml", "config.json", "metrics.jsonl", "model.safetensors", "run.json",
          "tokenizer.json", "tokenizer_config.json",
        ])
      #expect(names.count == 8)
      let manifest = try RunManifest(ofRunAt: run.directory)
      #expect(manifest.files == names.filter { $0 != "run.json" })
      #expect((manifest.rows, manifest.seed, manifest.droppedRows) == (8, 42, [:]))
      #expect(
        try String(contentsOfFile: "\(run.directory)/attune.yaml", encoding: .utf8) == "beta: 0.1\n"
      )
      #expect(try MetricsLog.entries(at: "\(run.directory)/metrics.jsonl") == run.entries)
    }

    @Test("the model opens again and says of the pairs what the last evaluation said")
    func reopened() throws {
      let run = try TrainingRun(in: folder) { $0.data.evaluationFiles = [Fixture.pairs] }
      let pairs = try Recording.read().tokens.map(\.pair)
      func means(_ directory: String) throws -> [Double] {
        let model = try CausalLanguageModel(directory: directory)
        let sums = try SequenceScoring(model: model)
          .summedLogProbabilities(of: pairs.map(\.sequences))
        return [0, 1].map { side in sums.reduce(0) { $0 + $1[side] } / Double(sums.count) }
      }
      let trained = try means(run.directory)
      let original = try means(Fixture.model)
      let last = try #require(run.evaluations.last).values
      for (seen, name) in zip(
        trained, [MetricName.chosenLogProbability, .rejectedLogProbability])
      {
        let expected = try #require(last[name.onEvaluation])
        #expect(relativeDeviation(seen, from: expected) < 1e-6)
      }
      #expect(trained[0] - original[0] > 1)
      #expect(trained[1] - original[1] < -1)
    }

    @Test("the tokenizer in it is the model's, and it can be trained again")
    func trainedAgain() throws {
      let first = try TrainingRun(in: folder, name: "first")
      #expect(
        try Tokenizer(directory: first.directory).encode("Größe")
          == Tokenizer(directory: Fixture.model).encode("Größe"))
      let second = try TrainingRun(in: folder, name: "second") { $0.model = first.directory }
      #expect(second.entries[0].values[.rewardMargin].map { abs($0) < 1e-4 } == true)
      let held = try TrainingRun(in: folder, name: "held") {
        $0.model = first.directory
        $0.referenceModel = Fixture.model
      }
      #expect(try held.values(.loss)[0] < first.values(.loss)[4])
    }

    @Test("a run directory is not replaced unless that was asked for")
    func existing() throws {
      let first = try TrainingRun(in: folder)
      #expect(throws: RunRecordError.occupied(path: first.directory)) {
        try TrainingRun(in: folder)
      }
      let again = try TrainingRun(in: folder, existing: .overwrite) { $0.batches.maxSteps = 1 }
      #expect(try MetricsLog.entries(at: "\(again.directory)/metrics.jsonl").count == 1)
    }

    @Test("the summary counts steps, pairs and tokens, and keeps the last numbers")
    func summary() throws {
      let run = try TrainingRun(in: folder) { $0.batches.batchSize = 3 }
      #expect((run.summary.steps, run.summary.items, run.summary.isStopped) == (5, 14, false))
      #expect(run.summary.metrics == run.entries.last?.values)
      #expect(run.summary.metrics[.numberOfTokens] == Double(run.summary.tokens))
      #expect(run.summary.seconds > 0)
    }
  }
#endif
