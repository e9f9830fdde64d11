#if LibTorch
  import Foundation
  import Testing
  import Tokenization
  import TorchEngine

  @testable import LanguageModels

  /// Every family against transformers 5.23, from recorded checkpoints.
  ///
  /// The expectations are float32 arithmetic of another order: logits of size 10 that are sums of
  /// 32 to 48 products differ by some 1e-6. Seen at most: 3.5e-6. A wrong sign, position, window or
  /// bias moves them by 1e-2 and more.
  @Suite("Families")
  struct FamilyParityTests {
    private static let tolerance = 2e-5

    @Test("each token's scores equal transformers'", arguments: Fixture.names)
    func parity(_ name: String) throws {
      let model = try CausalLanguageModel(directory: Fixture.directory(name))
      let recorded = try Fixture.recorded(name)
      #expect(recorded.map(\.ids.count) == [1, 2, 7, 19, 40, 60])
      let batch = PackedBatch(recorded.map { [.init(prompt: [], completion: $0.ids)] })
      let scored = try model.logProbabilities(of: batch)
      let means = try scored.graph.meanLogProbability.values(as: Double.self)
      for (sequence, span) in zip(recorded, batch.spans) {
        expectClose(scored.logProbabilities[span].map(Double.init), sequence.log_probabilities)
        expectClose(scored.entropies[span].map(Double.init), sequence.entropy)
        expectClose(Array(means[span]), sequence.mean_log_probability)
      }
    }

    @Test("a token is the top one exactly where no other is likelier")
    func isTop() throws {
      let model = try CausalLanguageModel(directory: Fixture.directory("llama"))
      // The sequence 5, t for every t: one of them is the argmax after 5.
      let batch = PackedBatch([(0..<160).map { .init(prompt: [5], completion: [$0]) }])
      let scored = try model.logProbabilities(of: batch)
      let best = try #require(scored.logProbabilities.max())
      #expect(scored.isTop == scored.logProbabilities.map { $0 == best })
      let total = scored.logProbabilities.reduce(0) { $0 + exp(Double($1)) }
      #expect(abs(total - 1) < 1e-5)
    }

    @Test("collisions are Σ π² over the whole vocabulary", arguments: ["llama", "gpt2"])
    func collisions(_ name: String) throws {
      let model = try CausalLanguageModel(directory: Fixture.directory(name))
      let batch = PackedBatch([(0..<160).map { .init(prompt: [5, 9], completion: [$0]) }])
      #expect(try model.logProbabilities(of: batch).logCollisionProbabilities == nil)
      let scored = try model.logProbabilities(of: batch, includingCollisions: true)
      let collisions = try #require(scored.logCollisionProbabilities)
      #expect(Set(collisions).count == 1)
      let sum = scored.logProbabilities.reduce(0) { $0 + exp(2 * Double($1)) }
      #expect(abs(Double(collisions[0]) - log(sum)) < 1e-5)
    }

    @Test("a sequence beyond the learned positions is refused, one that fills them is not")
    func positions() throws {
      let model = try CausalLanguageModel(directory: Fixture.directory("gpt2"))
      func scores(_ count: Int) throws -> [Float] {
        let sequence = PackedBatch.Sequence(
          prompt: [1], completion: [Int32](repeating: 2, count: count - 1))
        return try model.logProbabilities(of: PackedBatch([[sequence], []])).logProbabilities
      }
      #expect(try scores(64).count == 63)
      #expect(throws: EngineError.positions(tokens: 65, limit: 64)) { try scores(65) }
      #expect(throws: EngineError.positions(tokens: 65, limit: 64)) {
        try model.configuration.check(longestSequence: 65)
      }
      try model.configuration.check(longestSequence: 64)
      let rotary = try TransformerConfiguration(directory: Fixture.directory("llama"))
      try rotary.check(longestSequence: rotary.positionLimit + 1)
    }

    @Test("a fresh GPT-2 has the published shape, and smaller deviations at the residual stream")
    func freshGPT2() throws {
      var shape = ModelPreset.gpt2.configuration(vocabularySize: 50_257)
      // 50257 · 768 + 1024 · 768 + 12 (12 · 768² + 13 · 768) + 2 · 768, the published 124,439,808.
      #expect(
        WeightMapping(shape).slots.reduce(0) { $0 + $1.shape.reduce(1, *) } == 124_439_808)
      // Per layer 8 widths and 2 of the feed-forward's 4.
      #expect(shape.activationsPerToken == 12 * 16 * 768 + 2 * 768)
      shape.vocabularySize = 300
      shape.windows = [nil, nil]
      let model = try CausalLanguageModel(fresh: shape, seed: 5)
      func deviation(_ name: String) throws -> Double {
        let values = try model.parameters["transformer.\(name)"].values(as: Double.self)
        return (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
      }
      // The smallest has 0.6 million entries: their deviation is known to 0.1 %.
      for name in ["wpe", "h.1.attn.c_attn", "h.0.mlp.c_fc"] {
        #expect(abs(try deviation("\(name).weight") - 0.02) < 1e-4)
      }
      for name in ["h.0.attn.c_proj", "h.1.mlp.c_proj"] {
        #expect(abs(try deviation("\(name).weight") - 0.01) < 5e-5)
      }
      #expect(try deviation("ln_f.weight") == 1)
      #expect(try deviation("ln_f.bias") == 0)
      #expect(try deviation("h.0.attn.c_attn.bias") == 0)
    }

    @Test("a fresh model is the same for the same seed, and nearly indifferent")
    func fresh() throws {
      let shape = ModelPreset.nano.configuration(vocabularySize: 300)
      #expect(shape.layers == 6)
      let models = try [1, 1, 2].map { try CausalLanguageModel(fresh: shape, seed: $0) }
      #expect(
        ModelPreset.smol135.configuration(vocabularySize: 49152).layers == 30)
      func weights(_ model: CausalLanguageModel, _ name: String) throws -> [Float] {
        try model.parameters[name].values(as: Float.self)
      }
      for name in models[0].parameters.names {
        #expect(try weights(models[0], name) == weights(models[1], name))
      }
      #expect(
        try weights(models[0], "model.embed_tokens.weight")
          != weights(models[2], "model.embed_tokens.weight"))
      #expect(try weights(models[0], "model.norm.weight").allSatisfy { $0 == 1 })
      let batch = PackedBatch([[.init(prompt: [1], completion: [2, 3, 4])]])
      let scored = try models[0].logProbabilities(of: batch)
      // ln 300 = 5.70, give or take logits of deviation 0.02 · √256 at the tied head.
      #expect(scored.entropies.allSatisfy { abs($0 - 5.70) < 0.1 })
    }

    @Test("token ids outside the vocabulary are refused", arguments: [-1, 160])
    func vocabulary(_ id: Int32) throws {
      let model = try CausalLanguageModel(directory: Fixture.directory("llama"))
      #expect(throws: EngineError.self) {
        try model.logProbabilities(of: PackedBatch([[.init(prompt: [1, id], completion: [2])]]))
      }
      #expect(throws: EngineError.self) {
        try model.logProbabilities(of: PackedBatch([[.init(prompt: [1], completion: [id])]]))
      }
    }

    @Test("an empty batch scores nothing")
    func nothing() throws {
      let model = try CausalLanguageModel(directory: Fixture.directory("qwen3"))
      let scored = try model.logProbabilities(of: PackedBatch([]))
      #expect(scored.logProbabilities == [])
      let unscored = try model.logProbabilities(
        of: PackedBatch([[.init(prompt: [1, 2], completion: [])]]))
      #expect(unscored.entropies == [])
    }

    private func expectClose(
      _ seen: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let difference = largestDifference(seen, expected)
      #expect(difference <= Self.tolerance, sourceLocation: sourceLocation)
    }
  }
#endif
