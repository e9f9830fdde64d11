#if LibTorch
  import Foundation
  import LanguageModels
  import RunRecords
  import Testing
  import Tokenization
  import TorchEngine
  import Trainers
  import TrainingConfiguration

  @Suite("The plan of a run")
  struct PreferencePlanTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func plan(
      _ change: (inout DPOConfiguration) -> Void = { _ in }
    ) throws -> PreferencePlan {
      try PreferencePlan(TrainingRun.configuration(folder, "run", change))
    }

    @Test("counts what the run then does")
    func counts() throws {
      let run = try TrainingRun(in: folder) { $0.batches.batchSize = 3 }
      let cost = try plan { $0.batches.batchSize = 3 }.cost
      #expect(cost.steps == run.summary.steps)
      #expect(cost.items == run.summary.items)
      #expect(cost.tokens == run.summary.tokens)
      #expect(cost.referenceItems == run.referenceReports.last?[1])
    }

    /// Prompt, chosen and rejected tokens of the fixture's pairs, as scripts/record/dpo.py prints them.
    @Test("counts shared prompts once")
    func packing() throws {
      let lengths = [
        (26, 68, 13), (37, 59, 8), (25, 28, 10), (35, 73, 72), (51, 71, 80), (34, 23, 16),
        (72, 69, 16), (63, 67, 87),
      ]
      let plan = try plan { $0.batches.maxSteps = 1 }
      #expect(plan.cost.tokens == lengths.reduce(0) { $0 + 2 * $1.0 + $1.1 + $1.2 })
      let packed = PackedBatch(plan.pairs.training.pairs.map(\.sequences))
      #expect(plan.cost.packedTokens == packed.tokens.count)
      #expect(plan.memory.largestMicrobatch == packed.tokens.count)
      // Each packed token sees itself and what is before it in its own sequence.
      let seen = packed.positions.reduce(0) { $0 + $1 + 1 }
      let forward = plan.model.forwardCost.operations(
        tokens: packed.tokens.count, scoredTokens: packed.targets.count, attendedTokens: seen)
      #expect(plan.cost.operations == 4 * forward)
      #expect(plan.data.longestSequence == 63 + 87)
    }

    /// Two layers of width 64 with 4 heads over 2 key–value heads of 16, 128 inside, 512 tokens.
    @Test("counts the operations of each product by hand")
    func operations() throws {
      let model = try plan().model
      let layer = 64 * 64 + 2 * 64 * 32 + 64 * 64 + 3 * 64 * 128
      #expect(model.parameterCount == 512 * 64 + 2 * (layer + 2 * 64) + 64)
      let forward = model.forwardCost.operations(
        tokens: 10, scoredTokens: 4, attendedTokens: 55)
      #expect(forward == Double(2 * 10 * 2 * layer + 2 * 4 * 512 * 64 + 2 * 2 * 2 * 64 * 55))
    }

    @Test("a loss without a reference costs no pass of one; one that couples pairs costs another")
    func passes() throws {
      let usual = try plan { $0.batches.maxSteps = 1 }.cost
      let free = try plan {
        $0.batches.maxSteps = 1
        $0.lossTypes = [.simpo]
      }.cost
      let coupled = try plan {
        $0.batches.maxSteps = 1
        $0.lossTypes = [.aot]
      }.cost
      #expect(free.referenceItems == 0)
      // Forward, backward and reference are 1 + 2 + 1 passes.
      #expect(abs(usual.operations / free.operations - 4.0 / 3) < 1e-9)
      #expect(abs(coupled.operations / free.operations - 5.0 / 3) < 1e-9)
    }

    @Test("smaller micro-batches need less memory")
    func memory() throws {
      let whole = try plan().memory
      let small = try plan { $0.batches.microBatchSize = 1 }.memory
      #expect(small.graph < whole.graph / 4)
      #expect(small.weights == whole.weights)
      #expect(whole.weights == 4 * (try plan().model.parameterCount))
    }

    /// A model directory of the fixture's tokenizer and a configuration of another shape, without
    /// weights: a plan does not need them.
    private func model(_ change: (inout [String: Any]) -> Void) throws -> String {
      let directory = folder.path("model")
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      for name in ["tokenizer.json", "tokenizer_config.json"] {
        try? FileManager.default.copyItem(
          atPath: "\(Fixture.model)/\(name)", toPath: "\(directory)/\(name)")
      }
      let bytes = try Data(contentsOf: URL(filePath: "\(Fixture.model)/config.json"))
      let parsed = try JSONSerialization.jsonObject(with: bytes)
      var fields = try #require(parsed as? [String: Any])
      change(&fields)
      try JSONSerialization.data(withJSONObject: fields)
        .write(to: URL(filePath: "\(directory)/config.json"))
      return directory
    }

    @Test("a run that cannot fit is refused before weights are read, with what to change")
    func refused() throws {
      // Deep and narrow: its graph is large beside its weights.
      let large = try model {
        $0["hidden_size"] = 128
        $0["num_hidden_layers"] = 400
        $0["num_attention_heads"] = 8
        $0["num_key_value_heads"] = 8
      }
      let whole = try plan {
        $0.model = large
        $0.batches.microBatchSize = 8
      }.memory
      let alone = try plan {
        $0.model = large
        $0.batches.microBatchSize = 1
      }.memory
      let fixed = alone.weights + alone.gradients + alone.moments + alone.program
      for (available, advice) in [
        (
          (alone.total + whole.total * 4 / 5) / 2,
          "set micro_batch_size to 1, which gives the same result more slowly"
        ),
        (
          (fixed + alone.total) / 2,
          "set micro_batch_size to 1 and lower max_length, or close what else is running"
        ),
        (
          fixed / 2,
          "weights, gradients and moments alone are more than that; choose a smaller model"
        ),
      ] {
        let training = PreferenceTraining(
          TrainingRun.configuration(folder, "run") {
            $0.model = large
            $0.batches.microBatchSize = 8
          },
          referenceCache: folder.path("cache"), existing: .refuse, availableMemory: available)
        let origin = RunOrigin(
          version: "test", command: [], startedAt: .now, configuration: "beta: 0.1\n")
        let error = #expect(throws: TrainingError.self) {
          try training.run(origin) { _ in .proceed }
        }
        #expect(error?.description.hasSuffix("GiB are available; \(advice)") == true)
      }
      #expect(folder.names(in: "") == ["model"])
    }

    @Test("sequences longer than the positions that a model has learned are refused as early")
    func positions() throws {
      let directory = try model { fields in
        fields = [
          "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "vocab_size": 512,
          "n_embd": 64, "n_layer": 2, "n_head": 4, "n_positions": 100,
        ]
      }
      let error = #expect(throws: EngineError.self) { try plan { $0.model = directory } }
      #expect(error == .positions(tokens: 150, limit: 100))
      let short = try plan {
        $0.model = directory
        $0.data.maxLength = 100
      }
      #expect(short.data.longestSequence == 100)
    }

    @Test("a run that may just fit is warned about")
    func warned() throws {
      let needed = try plan().memory.total
      let training = PreferenceTraining(
        TrainingRun.configuration(folder, "run") { $0.batches.maxSteps = 1 },
        referenceCache: folder.path("cache"), existing: .refuse, availableMemory: needed * 9 / 10)
      var notes: [String] = []
      _ = try training.run(
        RunOrigin(version: "test", command: [], startedAt: .now, configuration: "beta: 0.1\n")
      ) {
        if case .note(let note) = $0 { notes.append(note) }
        return .proceed
      }
      #expect(notes.count == 1)
      #expect(notes.first?.hasPrefix("this run needs about ") == true)
    }
  }
#endif
