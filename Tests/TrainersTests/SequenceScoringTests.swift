#if LibTorch
  import LanguageModels
  import Testing
  import Tokenization
  import Trainers

  @Suite("Scoring of many sequences")
  struct SequenceScoringTests {
    private let model: CausalLanguageModel
    private let recording: Recording

    init() throws {
      model = try CausalLanguageModel(directory: Fixture.model)
      recording = try Recording.read()
    }

    private var pairs: [[PackedBatch.Sequence]] {
      recording.tokens.map(\.pair.sequences)
    }

    @Test("sums are those of TRL's reference model")
    func recordedSums() throws {
      let sums = try SequenceScoring(model: model).summedLogProbabilities(of: pairs)
      for (sum, expected) in zip(sums, recording.reference_log_probabilities) {
        #expect(abs(sum[0] - expected.chosen) < 1e-4)
        #expect(abs(sum[1] - expected.rejected) < 1e-4)
      }
      #expect(sums.count == recording.reference_log_probabilities.count)
    }

    @Test(
      "batches and groups change nothing",
      arguments: [.tokens(1), .tokens(300), .groups(3)] as [SequenceScoring.BatchSize])
    func invariance(batchSize: SequenceScoring.BatchSize) throws {
      let together = try SequenceScoring(model: model).summedLogProbabilities(of: pairs)
      let alone = try SequenceScoring(model: model, batchSize: batchSize)
        .summedLogProbabilities(of: pairs.joined().map { [$0] })
      for (a, b) in zip(together.joined(), alone.joined()) { #expect(abs(a - b) < 1e-3) }
    }

    @Test("each batch is told once, in order, and as large as asked")
    func batches() throws {
      var ranges: [Range<Int>] = []
      try SequenceScoring(model: model, batchSize: .groups(3)).score(pairs) { range, scores in
        ranges.append(range)
        for (scores, group) in zip(scores, pairs[range]) {
          #expect(scores.map(\.tokens) == group.map { $0.ids.count - $0.completionStart })
          for score in scores {
            let sum = score.tokenLogProbabilities.reduce(0) { $0 + Double($1) }
            #expect(score.logProbability == sum)
          }
        }
      }
      #expect(ranges == [0..<3, 3..<6, 6..<8])
    }

    @Test("a group longer than the budget is a batch of its own, and all fit in a large one")
    func budget() throws {
      func batches(_ budget: Int) throws -> Int {
        var count = 0
        try SequenceScoring(model: model, batchSize: .tokens(budget)).score(pairs) { _, _ in
          count += 1
        }
        return count
      }
      #expect(try batches(1) == pairs.count)
      #expect(try batches(.max) == 1)
    }

    @Test("a sequence without a scored token scores 0 over 0 tokens")
    func nothingToScore() throws {
      let empty = PackedBatch.Sequence(prompt: [5, 6], completion: [])
      let single = PackedBatch.Sequence(prompt: [], completion: [7])
      var scores: [[SequenceScoring.Score]] = []
      let scoring = SequenceScoring(model: model)
      try scoring.score([[empty], [single]]) { scores += $1 }
      try scoring.score([[empty], pairs[0]]) { scores += $1 }
      #expect(scores.count == 4)
      for score in scores[0] + scores[1] + scores[2] {
        #expect(score.logProbability == 0 && score.tokens == 0)
      }
      #expect(scores[3].allSatisfy { $0.logProbability < 0 })
      #expect(try scoring.summedLogProbabilities(of: []).isEmpty)
    }

    @Test("who is told may stop")
    func stopping() {
      struct Stop: Error {}
      var batches = 0
      #expect(throws: Stop.self) {
        try SequenceScoring(model: model, batchSize: .groups(1)).score(pairs) { _, _ in
          batches += 1
          if batches == 2 { throw Stop() }
        }
      }
      #expect(batches == 2)
    }
  }
#endif
