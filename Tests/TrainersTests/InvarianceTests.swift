#if LibTorch
  import LanguageModels
  import Objectives
  import RunRecords
  import Testing
  import Tokenization
  import TorchEngine
  import TrainingConfiguration

  @Suite("What changes memory and time never changes results")
  struct InvarianceTests {
    /// Three steps of eight pairs, compared within what float32 sums in another order may differ by.
    ///
    /// ε is 10⁻⁴, well above the rounding of a gradient: at AdamW's usual 10⁻⁸ a component that is
    /// all rounding moves its weight as far as any other.
    private func expectSameTraining(
      _ loss: DPOLossChoice = .sigmoid, _ change: (inout DPOConfiguration) -> Void
    ) throws {
      let folder = try TemporaryFolder()
      func train(_ name: String, _ change: (inout DPOConfiguration) -> Void) throws -> TrainingRun {
        try TrainingRun(in: folder, name: name) {
          $0.lossTypes = [loss]
          $0.labelSmoothing = loss == .exoPair ? 0.1 : 0
          $0.batches.maxSteps = 3
          $0.optimizer.adamEpsilon = 1e-4
          change(&$0)
        }
      }
      let usual = try train("usual") { $0.batches.microBatchSize = 8 }
      let other = try train("other", change)
      for name in [MetricName.loss, .gradientNorm] {
        for (a, b) in zip(try other.values(name), try usual.values(name)) {
          #expect(relativeDeviation(a, from: b) < 1e-5, "\(name)")
        }
      }
      for (a, b) in zip(other.entries, usual.entries) {
        #expect(a.values.keys == b.values.keys)
        for (name, value) in b.values {
          if a.step == 1 && name == .rewardAccuracy { continue }
          let seen = try #require(a.values[name])
          #expect(abs(seen - value) < 2e-5 * max(1, abs(value)), "\(name)")
        }
      }
      let distance = relativeDistance(
        try other.weights(), try usual.weights(), origin: try weightsOfModel(at: Fixture.model))
      #expect(distance < 1e-4)
    }

    @Test(
      "the size of micro-batches", arguments: DPOLossChoice.allCases, [1, 2, 3, 5, nil] as [Int?])
    func microBatches(loss: DPOLossChoice, size: Int?) throws {
      try expectSameTraining(loss) { $0.batches.microBatchSize = size }
    }

    @Test(
      "the split of a step into batches, also where TRL would weigh pairs differently: 5 + 3",
      arguments: [(1, 8), (2, 4), (4, 2), (5, 2), (100, 1)])
    func accumulation(batchSize: Int, steps: Int) throws {
      try expectSameTraining {
        $0.batches.batchSize = batchSize
        $0.batches.accumulationSteps = steps
      }
    }

    @Test("a reference that is read again, and one that comes from the cache")
    func reference() throws {
      let folder = try TemporaryFolder()
      let copy = try EditedModel(in: folder, name: "copy")
      try expectSameTraining { $0.referenceModel = copy.directory }
    }

    @Test("the sharing of prompts: gradients are those of sequences packed alone")
    func sharing() throws {
      let pairs = try Recording.read().tokens.map(\.pair)
      let together = try gradient(of: pairs, packed: pairs.map(\.sequences))
      let alone = try gradient(of: pairs, packed: pairs.flatMap { $0.sequences.map { [$0] } })
      #expect(norm(together) > 1)
      #expect(norm(zip(together, alone).map { $0 - $1 }) < 1e-5 * norm(alone))
    }

    /// The gradient of the summed loss by all weights, against a reference of constant −1.
    private func gradient(
      of pairs: [TokenizedPair], packed groups: [[PackedBatch.Sequence]]
    ) throws -> [Double] {
      let model = try CausalLanguageModel(directory: Fixture.model)
      try model.parameters.requireGradients()
      let batch = PackedBatch(groups)
      let scored = try model.logProbabilities(of: batch)
      let sums = SequenceLogProbability(spans: batch.spans)
      let values = sums.sums(of: scored.logProbabilities)
      func sides(_ values: [Double]) -> PairLogProbabilities {
        PairLogProbabilities(
          chosen: pairs.indices.map { values[2 * $0] },
          rejected: pairs.indices.map { values[2 * $0 + 1] },
          chosenTokens: pairs.map(\.chosen.count), rejectedTokens: pairs.map(\.rejected.count))
      }
      let outcome = DPOLoss(beta: 0.01).evaluate(
        PreferenceBatch(policy: sides(values), reference: sides(values.map { _ in -1 })))
      let seeds = zip(outcome.gradient.chosen, outcome.gradient.rejected).flatMap { [$0, $1] }
      try model.backward(
        seed: sums.tokenSeeds(for: seeds, tokenCount: batch.targets.count), through: scored)
      return try model.parameters.names.flatMap {
        try #require(try model.parameters[$0].gradient()).values(as: Double.self)
      }
    }

    @Test("pairs without a shared token train beside others, and alone")
    func nothingShared() throws {
      let folder = try TemporaryFolder()
      let unshared = ["prompt": "", "chosen": "Once upon a time", "rejected": "Twice"]
      let mixed = try folder.write(rows: [unshared] + Fixture.rows().prefix(2), to: "mixed.jsonl")
      let one = try folder.write(rows: [unshared], to: "one.jsonl")
      for (name, file) in [("together", mixed), ("alone", one)] {
        let run = try TrainingRun(in: folder, name: name) { $0.data.files = [file] }
        let losses = try run.values(.loss)
        #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
      }
    }

    @Test("a second run repeats the first bit for bit, with one thread and with two")
    func repeatability() async {
      await #expect(processExitsWith: .success) {
        for threads in [1, 2] {
          let first = try repeatableRun(threads: threads)
          let second = try repeatableRun(threads: threads)
          #expect(first.entries == second.entries)
          #expect(first.weights == second.weights)
          #expect(Engine.threads == threads)
        }
      }
    }
  }

  private func repeatableRun(
    threads: Int
  ) throws -> (entries: [MetricsEntry], weights: [Double]) {
    let folder = try TemporaryFolder()
    let run = try TrainingRun(in: folder) {
      $0.run.threads = threads
      $0.data.shuffle = true
      $0.batches.batchSize = 3
      $0.batches.maxSteps = 4
    }
    return (run.entries, try run.weights())
  }
#endif
