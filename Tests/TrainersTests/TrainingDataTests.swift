#if LibTorch
  import Foundation
  import LanguageModels
  import PreferenceData
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("What a run does with its data")
  struct TrainingDataTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func prepared(_ run: TrainingRun) throws -> (Int, Int, DroppedRows) {
      guard case .prepared(let training, let heldOut, let dropped)? = run.events.first else {
        throw NotPrepared()
      }
      return (training, heldOut, dropped)
    }

    private struct NotPrepared: Error {}

    /// One good pair, and one that is of no use for each reason that tokenization knows.
    private func mixedRows() throws -> [[String: String]] {
      let long = String(repeating: "Tell me more. ", count: 20)
      return [
        ["prompt": long, "chosen": " Yes", "rejected": " No"],
        ["prompt": "Say it.", "chosen": long + "A", "rejected": long + "B"],
        ["prompt": "", "chosen": "<|endoftext|>", "rejected": "No"],
        ["prompt": "Say it.", "chosen": " Yes", "rejected": " Yes<|endoftext|>"],
        ["prompt": "Say it.", "chosen": " ", "rejected": " Yes"],
        ["prompt": "Say it.", "chosen": " Yes", "rejected": " No"],
      ]
    }

    @Test("rows of no use are left out and counted by reason, with their places")
    func dropped() throws {
      let file = try folder.write(rows: mixedRows(), to: "mixed.jsonl")
      let run = try TrainingRun(in: folder) {
        $0.data.files = [file]
        $0.data.maxLength = 32
      }
      let (training, heldOut, dropped) = try prepared(run)
      #expect((training, heldOut) == (1, 0))
      let expected: [DropReason: Int] = [
        .promptTooLong: 1, .truncatedAway: 1, .emptyCompletion: 2, .identicalSides: 1,
      ]
      #expect(Set(dropped.reasons) == Set(expected.keys))
      for (reason, lines) in [
        (DropReason.promptTooLong, [1]), (.truncatedAway, [2]), (.identicalSides, [4]),
        (.emptyCompletion, [5, 3]),
      ] {
        #expect(dropped[reason] == expected[reason])
        #expect(dropped.examples(of: reason).map(\.line) == lines)
      }
      let manifest = try RunManifest(ofRunAt: run.directory)
      #expect(manifest.rows == 1)
      #expect(
        manifest.droppedRows == [
          "promptTooLong": 1, "truncatedAway": 1, "emptyCompletion": 2, "identicalSides": 1,
        ])
    }

    @Test("rows of no use in held-out files are counted as well")
    func droppedHeldOut() throws {
      let file = try folder.write(rows: mixedRows(), to: "mixed.jsonl")
      let run = try TrainingRun(in: folder) {
        $0.data.evaluationFiles = [file]
        $0.data.maxLength = 100
      }
      let (training, heldOut, dropped) = try prepared(run)
      #expect((training, heldOut) == (8, 1))
      #expect(dropped.total == 5)
      #expect(try RunManifest(ofRunAt: run.directory).data.map(\.path) == [Fixture.pairs, file])
    }

    @Test(
      "strict makes them errors, those that only tokenization finds too, and nothing is written")
    func strict() throws {
      for (name, row) in [("long", 0), ("cut", 1), ("empty", 2), ("same", 3), ("blank", 4)] {
        let file = try folder.write(rows: [mixedRows()[5], mixedRows()[row]], to: "\(name).jsonl")
        let error = #expect(throws: DataError.self) {
          try TrainingRun(in: folder) {
            $0.data.files = [file]
            $0.data.maxLength = 32
            $0.data.strict = true
          }
        }
        guard case .unusable(let dropped)? = error else {
          Issue.record("another error: \(String(describing: error))")
          continue
        }
        #expect(dropped.total == 1)
        #expect("\(dropped)".contains("\(name).jsonl:2"))
      }
      #expect(folder.names(in: "run").isEmpty)
      let run = try TrainingRun(in: folder) { $0.data.strict = true }
      #expect(run.summary.steps == 5)
    }

    @Test("data of which nothing is left is an error with the reasons")
    func nothingLeft() throws {
      let file = try folder.write(rows: [mixedRows()[0]], to: "long.jsonl")
      let error = #expect(throws: DataError.self) {
        try TrainingRun(in: folder) {
          $0.data.files = [file]
          $0.data.maxLength = 32
        }
      }
      #expect(
        error?.description.contains("1 row: the prompt has max_length tokens or more") == true)
    }

    @Test("messages are refused with file and line")
    func messages() throws {
      let file = try folder.write(
        """
        {"prompt": "Say it.", "chosen": " Yes", "rejected": " No"}
        {"prompt": "Hi", "chosen": [{"role": "assistant", "content": "Hello"}], "rejected": "No"}

        """, to: "chat.jsonl")
      let error = #expect(throws: TrainingError.self) {
        try TrainingRun(in: folder) { $0.data.files = [file] }
      }
      #expect(error?.description.hasPrefix("\(file):2: holds messages") == true)
    }

    // MARK: The tokenizer and the models

    @Test("a tokenizer without an end of sequence is refused before anything is written")
    func noEndOfSequence() throws {
      let model = try EditedModel(in: folder, name: "model")
      try folder.write("{}", to: "model/tokenizer_config.json")
      #expect(throws: TrainingError.self) {
        try TrainingRun(in: folder) { $0.model = model.directory }
      }
      #expect(folder.names(in: "run").isEmpty)
    }

    @Test("a tokenizer with more ids than the model has rows is refused, for the reference too")
    func vocabulary() throws {
      let model = try EditedModel(in: folder, name: "model")
      let path = folder.path("model/config.json")
      let config = try String(contentsOfFile: path, encoding: .utf8)
      try folder.write(
        config.replacing("\"vocab_size\": 512", with: "\"vocab_size\": 500"),
        to: "model/config.json")
      for reference in [nil, model.directory] {
        let error = #expect(throws: TrainingError.self) {
          try TrainingRun(in: folder) {
            $0.model = reference == nil ? model.directory : Fixture.model
            $0.referenceModel = reference
          }
        }
        #expect(
          error?.description == "\(model.directory): the tokenizer has ids up to 511, but the "
            + "model's vocabulary ends at 499; use the tokenizer that the model was trained with")
      }
      #expect(folder.names(in: "run").isEmpty)
    }

    @Test("a reference that is not there is named in a sentence")
    func missingReference() throws {
      let error = #expect(throws: ModelError.self) {
        try TrainingRun(in: folder) { $0.referenceModel = folder.path("nowhere") }
      }
      #expect(error?.description.hasPrefix(folder.path("nowhere")) == true)
      #expect(folder.names(in: "run").isEmpty)
    }

    // MARK: Held-out data

    /// An evaluation after step k sees the weights that step k + 1 starts from.
    @Test("held-out metrics are those that training on the same pairs would log next")
    func evaluationFile() throws {
      let run = try TrainingRun(in: folder) {
        $0.data.evaluationFiles = [Fixture.pairs]
        $0.run.evaluationSteps = 2
        $0.batches.microBatchSize = 3
      }
      #expect(run.evaluations.map(\.step) == [2, 4, 5])
      for evaluation in run.evaluations.dropLast() {
        let next = run.entries[evaluation.step]
        for name in [
          MetricName.loss, .chosenReward, .rejectedReward, .rewardMargin, .rewardAccuracy,
          .chosenLogProbability, .rejectedLogProbability, .entropy, .meanTokenAccuracy,
        ] {
          let seen = try #require(evaluation.values[name.onEvaluation])
          let expected = try #require(next.values[name])
          #expect(abs(seen - expected) <= 1e-5 * max(1, abs(expected)), "\(name)")
        }
        #expect(evaluation.values[.epoch] == Double(evaluation.step))
        #expect(evaluation.values.count == 10)
      }
      // Both are in the log, in the order in which they happened.
      let log = try MetricsLog.entries(at: "\(run.directory)/metrics.jsonl")
      #expect(log.map(\.step) == [1, 2, 2, 3, 4, 4, 5, 5])
      #expect(run.summary.metrics[MetricName.loss.onEvaluation] != nil)
      #expect(run.summary.metrics[.loss] != nil)
    }

    @Test("without eval_steps there is one evaluation, at the end")
    func evaluationAtEnd() throws {
      let run = try TrainingRun(in: folder) { $0.data.evaluationFraction = 0.2 }
      let (training, heldOut, _) = try prepared(run)
      #expect((training, heldOut) == (6, 2))
      #expect(run.evaluations.map(\.step) == [5])
      #expect(try RunManifest(ofRunAt: run.directory).rows == 6)
    }

    @Test("the pairs of one prompt stay on one side", arguments: [0.1, 0.5, 0.9])
    func heldOutPrompts(fraction: Double) throws {
      let rows = (0..<12).map { index in
        ["prompt": "Say \(index % 2).", "chosen": " Yes \(index)", "rejected": " No \(index)"]
      }
      let file = try folder.write(rows: rows, to: "two.jsonl")
      let run = try TrainingRun(in: folder) {
        $0.data.files = [file]
        $0.data.evaluationFraction = fraction
      }
      let (training, heldOut, _) = try prepared(run)
      #expect((training, heldOut) == (6, 6))
    }
  }
#endif
