#if LibTorch
  import LanguageModels
  import RunRecords
  import Testing
  import Tokenization
  import TorchEngine
  import TrainingConfiguration

  @testable import Trainers

  @Suite("What changes memory and time of a reward run never changes its results")
  struct RewardInvarianceTests {
    private let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func train(
      _ name: String, _ variant: RewardVariant, _ change: (inout RewardConfiguration) throws -> Void
    ) throws -> RewardRun {
      try RewardRun(in: folder, name: name) {
        $0.data.shuffle = true
        $0.data.evaluationFiles = [RewardFixture.evaluation]
        $0.batches.batchSize = 8
        $0.batches.maxSteps = 3
        $0.optimizer.adamEpsilon = 1e-4
        variant.change(&$0)
        try change(&$0)
      }
    }

    private func expectSame(_ a: RewardRun, _ b: RewardRun) throws {
      for (a, b) in zip(a.entries + a.evaluations, b.entries + b.evaluations) {
        #expect(a.values.keys == b.values.keys)
        for (name, value) in b.values {
          let seen = try #require(a.values[name])
          #expect(abs(seen - value) < 3e-5 * max(1, abs(value)), "\(name): \(seen), not \(value)")
        }
      }
      let (mine, theirs) = (try a.tensors(), try b.tensors())
      #expect(mine.keys == theirs.keys)
      for (name, values) in theirs {
        let differences = zip(values, try #require(mine[name])).map { abs($0 - $1) }
        #expect((differences.max() ?? 0) < 2e-6, "\(name)")
      }
    }

    @Test(
      "the size of micro-batches", arguments: RewardVariant.all, [1, 3, 8] as [Int])
    func microBatches(variant: RewardVariant, size: Int) throws {
      let usual = try train("usual", variant) { _ in }
      #expect(usual.entries.count == 3 && usual.evaluations.count == 1)
      try expectSame(try train("other", variant) { $0.batches.microBatchSize = size }, usual)
    }

    @Test("the split of a step into batches", arguments: RewardVariant.all)
    func accumulation(variant: RewardVariant) throws {
      let usual = try train("usual", variant) { _ in }
      let split = try train("split", variant) {
        $0.batches.batchSize = 2
        $0.batches.accumulationSteps = 4
      }
      try expectSame(split, usual)
    }

    @Test(
      "a row's score is the same alone and in any batch", arguments: ["llama", "gpt2", "qwen2"])
    func batches(family: String) throws {
      let directory = try RewardFixture.model(family, in: folder)
      let rows = try RewardFixture.rankings()
      let scoring = try RewardScoring(directory: directory)
      let groups = rows.map { scoring.group(prompt: $0.prompt, completions: $0.completions) }
      let alone = try groups.map { group in
        try group.sequences.map { try rewardScores(of: [[$0]], by: scoring.models[0])[0][0] }
      }
      for size in [SequenceScoring.BatchSize.groups(1), .groups(3), .tokens(100), .tokens(1 << 20)]
      {
        let scoring = try RewardScoring(directory: directory, batchSize: size)
        var seen: [[Double]] = []
        var ranges: [Range<Int>] = []
        try scoring.score(groups) { range, scores in
          ranges.append(range)
          seen += scores.map { $0.map(\.value) }
        }
        #expect(ranges.flatMap { Array($0) } == Array(groups.indices))
        for (mine, theirs) in zip(seen.joined(), alone.joined()) {
          #expect(abs(mine - theirs) < 1e-5 * max(1, abs(theirs)))
        }
      }
      // One group of everything, and the empty common prefix of two prompts.
      let all = [groups.flatMap(\.sequences)]
      let together = try rewardScores(of: all, by: scoring.models[0])[0]
      for (mine, theirs) in zip(together, alone.joined()) {
        #expect(abs(mine - theirs) < 1e-5 * max(1, abs(theirs)))
      }
    }

    @Test("a pair scores as its ranking of two does, and trains alike")
    func pairsAsRankings() throws {
      let rows = try RewardFixture.rows().map {
        RewardFixture.RankedRow(
          prompt: $0.prompt, completions: [$0.rejected, $0.chosen], ranking: [2, 1])
      }
      let file = try folder.write(rows, to: "rankings.jsonl")
      for loss in RankingLossChoice.allCases {
        let ranked = try train("ranked-\(loss)", .trained) {
          $0.data.files = [file]
          $0.rankingLoss = loss
          $0.data.shuffle = false
        }
        let paired = try train("paired-\(loss)", .trained) {
          $0.data.shuffle = false
          $0.rankingLoss = loss
        }
        try expectSame(ranked, paired)
      }
    }

    @Test("members of an ensemble see rows about Poisson(1) times, each its own")
    func poissonWeights() {
      let (rows, members) = (20_000, 4)
      let weights = MemberWeights(Array(repeating: 2, count: rows), members: members, seed: 3)
      for member in 0..<members {
        let counts = (0..<rows).map { weights[$0, member] / 2 }
        let mean = counts.reduce(0, +) / Double(rows)
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
        // Standard errors: 0.007 of the mean, and √(3 / n) = 0.012 of the variance.
        #expect(abs(mean - 1) < 0.03)
        #expect(abs(variance - 1) < 0.05)
        let zeros = Double(counts.count { $0 == 0 }) / Double(rows)
        #expect(abs(zeros - 0.36788) < 0.015)
        for other in 0..<member {
          let equal = (0..<rows).count { weights[$0, member] == weights[$0, other] }
          // Σ (e⁻¹ / k!)² = e⁻² I₀(2) = 0.3085.
          #expect(abs(Double(equal) / Double(rows) - 0.3085) < 0.015)
        }
      }
      let again = MemberWeights(Array(repeating: 2, count: rows), members: members, seed: 3)
      #expect((0..<100).allSatisfy { weights[$0, 1] == again[$0, 1] })
      let single = MemberWeights([0.5, 2], members: 1, seed: 3)
      #expect([single[0, 0], single[1, 0]] == [0.5, 2])
    }

    @Test("a row of weight 2 counts as two rows")
    func weights() throws {
      let rows = try RewardFixture.rows()
      func step(_ name: String, _ rows: [RewardFixture.Row]) throws -> Double {
        try train(name, .trained) {
          $0.data.files = [try folder.write(rows, to: "\(name).jsonl")]
          $0.batches.maxSteps = 1
        }.values(.loss)[0]
      }
      var weighted = [rows[0], rows[1]]
      weighted[0].weight = 2
      let expected = try (2 * step("a", [rows[0]]) + step("b", [rows[1]])) / 2
      #expect(abs(try step("weighted", weighted) - expected) < 1e-6)
    }
  }
#endif
