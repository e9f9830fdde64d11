#if LibTorch
  import RunRecords
  import Testing
  import Trainers
  import TrainingConfiguration

  @Suite("What changes memory and time of a KTO run never changes its results")
  struct KTOInvarianceTests {
    /// Three steps of twelve completions, compared within what float32 sums in another order may
    /// differ by; ε is well above the rounding of a gradient.
    private func expectSameTraining(
      _ loss: KTOLossChoice, _ change: (inout KTOConfiguration) -> Void
    ) throws {
      let folder = try TemporaryFolder()
      func train(
        _ name: String, _ change: (inout KTOConfiguration) -> Void
      ) throws -> UnpairedRun {
        try UnpairedRun(in: folder, name: name) {
          $0.lossType = loss
          $0.data.shuffle = true
          $0.data.evaluationFiles = [UnpairedFixture.completions]
          $0.batches.batchSize = 12
          $0.batches.maxSteps = 3
          $0.optimizer.adamEpsilon = 1e-4
          change(&$0)
        }
      }
      let usual = try train("usual") { $0.batches.microBatchSize = 12 }
      let other = try train("other", change)
      let pairs = zip(other.entries + other.evaluations, usual.entries + usual.evaluations)
      #expect(other.entries.count == 3)
      for (a, b) in pairs {
        #expect(a.values.keys == b.values.keys)
        for (name, value) in b.values {
          let seen = try #require(a.values[name])
          // z is a difference of sums of some hundreds of nats.
          let tolerance = name.rawValue.hasSuffix("kl") ? 1e-4 : 2e-5
          #expect(abs(seen - value) < tolerance * max(1, abs(value)), "\(name)")
        }
      }
      let distance = relativeDistance(
        try other.weights(), try usual.weights(), origin: try weightsOfModel(at: Fixture.model))
      #expect(distance < 2e-4)
    }

    @Test(
      "the size of micro-batches", arguments: KTOLossChoice.allCases, [1, 2, 5, nil] as [Int?])
    func microBatches(loss: KTOLossChoice, size: Int?) throws {
      try expectSameTraining(loss) { $0.batches.microBatchSize = size }
    }

    @Test(
      "the split of a step into batches", arguments: KTOLossChoice.allCases,
      [(1, 12), (4, 3), (100, 1)])
    func accumulation(loss: KTOLossChoice, split: (size: Int, steps: Int)) throws {
      try expectSameTraining(loss) {
        $0.batches.batchSize = split.size
        $0.batches.accumulationSteps = split.steps
      }
    }

    @Test("z does not depend on the micro-batches at all, and a step's order decides it")
    func divergence() throws {
      let folder = try TemporaryFolder()
      func run(_ name: String, _ change: (inout KTOConfiguration) -> Void) throws -> [Double] {
        try UnpairedRun(in: folder, name: name) {
          $0.optimizer.learningRate = 0.01
          $0.optimizer.warmupSteps = 0
          $0.batches.maxSteps = 2
          $0.batches.batchSize = 12
          change(&$0)
        }.values(.divergence)
      }
      let whole = try run("whole") { _ in }
      #expect(whole[1] > 1)
      #expect(try run("split") { $0.batches.microBatchSize = 5 }[0] == whole[0])
      let reversed = try folder.write(judged: UnpairedFixture.rows().reversed(), to: "r.jsonl")
      let other = try run("reversed") { $0.data.files = [reversed] }
      #expect(abs(other[1] - whole[1]) > 1e-3)
    }

    @Test("a shuffled step is what the same rows in that order are without shuffling")
    func shuffling() throws {
      let folder = try TemporaryFolder()
      let shuffled = try UnpairedRun(in: folder, name: "shuffled") {
        $0.data.shuffle = true
        $0.batches.maxSteps = 3
      }
      let order = VisitOrder(
        count: 12, UnpairedRun.configuration(folder) { $0.data.shuffle = true })
      let rows = try UnpairedFixture.rows()
      let visited = order.steps[0...2].joined()
      #expect(Array(visited) != Array(0..<12))
      let file = try folder.write(judged: visited.map { rows[$0] }, to: "ordered.jsonl")
      let ordered = try UnpairedRun(in: folder, name: "ordered") {
        $0.data.files = [file]
        $0.batches.maxSteps = 3
      }
      #expect(ordered.entries.map(\.values) == shuffled.entries.map(\.values))
    }

    /// TRL rotates a batch of one row onto itself: z is the row's own log ratio, where that is not
    /// negative, so that its loss is ½ and its gradient is that of the log ratio.
    @Test("a last step of one row has its own completion for z")
    func singleRow() throws {
      let folder = try TemporaryFolder()
      let file = try folder.write(judged: Array(UnpairedFixture.rows().prefix(5)), to: "5.jsonl")
      let run = try UnpairedRun(in: folder) {
        $0.data.files = [file]
        $0.batches.maxSteps = 4
        $0.optimizer.learningRate = 1e-3
      }
      for step in [1, 3] {
        let values = run.entries[step].values
        #expect(values[.rejectedReward] == nil)
        #expect(values[.rewardMargin] == nil)
        let reward = try #require(values[.chosenReward])
        let divergence = try #require(values[.divergence])
        #expect(reward > 0.1)
        #expect(abs(0.1 * divergence - reward) < 1e-4)
        #expect(abs((values[.loss] ?? 0) - 0.5) < 1e-4)
      }
    }
  }
#endif
