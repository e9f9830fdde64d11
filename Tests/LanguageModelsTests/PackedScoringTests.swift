#if LibTorch
  import LanguageModels
  import PreferenceData
  import Testing
  import Tokenization
  import TorchEngine

  /// Packing changes where tokens lie and nothing else.
  @Suite("Packed scoring")
  struct PackedScoringTests {
    typealias Sequence = PackedBatch.Sequence

    /// One of each family, and each kind of window.
    static let fixtures = [
      "llama_gqa_untied", "llama_rope_llama3", "mistral_window", "qwen2_window", "qwen3", "smollm",
      "gpt2", "gpt2_gelu", "gpt2_relu",
    ]

    @Test("equals scoring one sequence at a time", arguments: fixtures)
    func scores(_ name: String) throws {
      let model = try CausalLanguageModel(directory: Fixture.directory(name))
      for seed in 0..<5 {
        let groups = randomGroups(seed: UInt64(seed), within: model.configuration.positionLimit)
        let batch = PackedBatch(groups)
        let packed = try withoutGradients { try model.logProbabilities(of: batch) }
        for (sequence, span) in zip(groups.flatMap { $0 }, batch.spans) {
          let alone = try withoutGradients {
            try model.logProbabilities(of: PackedBatch([[sequence]]))
          }
          #expect(
            largestDifference(
              packed.logProbabilities[span].map(Double.init),
              alone.logProbabilities.map(Double.init)) < 1e-5)
          #expect(
            largestDifference(
              packed.entropies[span].map(Double.init), alone.entropies.map(Double.init)) < 1e-5)
        }
      }
    }

    @Test("gives the gradient of one sequence at a time", arguments: fixtures)
    func gradients(_ name: String) throws {
      let limit = try TransformerConfiguration(directory: Fixture.directory(name)).positionLimit
      let groups = randomGroups(seed: 11, within: limit)
      let batch = PackedBatch(groups)
      var random = SeededGenerator(seed: 12)
      let seeds = batch.targets.map { _ in Double.random(in: -1...1, using: &random) }

      let packed = try gradient(name) { model in
        try model.backward(seed: seeds, through: model.logProbabilities(of: batch))
      }
      let apart = try gradient(name) { model in
        for (sequence, span) in zip(groups.flatMap { $0 }, batch.spans) where !sequence.ids.isEmpty
        {
          let scored = try model.logProbabilities(of: PackedBatch([[sequence]]))
          try model.backward(seed: Array(seeds[span]), through: scored)
        }
      }
      let grouped = try gradient(name) { model in
        var start = 0
        for group in groups {
          let part = PackedBatch([group])
          let end = start + part.targets.count
          let scored = try model.logProbabilities(of: part)
          try model.backward(seed: Array(seeds[start..<end]), through: scored)
          start = end
        }
      }
      #expect(packed.keys == apart.keys)
      for (name, expected) in apart {
        // Relative to the largest entry of the tensor, which is never zero here.
        let largest = expected.reduce(0) { max($0, abs($1)) }
        #expect(largest > 0, "\(name)")
        #expect(largestDifference(packed[name] ?? [], expected) < 1e-4 * largest, "\(name)")
        #expect(largestDifference(grouped[name] ?? [], expected) < 1e-4 * largest, "\(name)")
      }
    }

    @Test("scoring without a graph cannot be followed by a backward pass")
    func withoutGraph() throws {
      let model = try CausalLanguageModel(directory: Fixture.directory("llama"))
      try model.parameters.requireGradients()
      let batch = PackedBatch([[Sequence(prompt: [1], completion: [2])]])
      let scored = try withoutGradients { try model.logProbabilities(of: batch) }
      #expect(throws: EngineError.self) { try model.backward(seed: [1], through: scored) }
    }

    /// The gradient of every parameter after some backward passes.
    private func gradient(
      _ name: String, of passes: (CausalLanguageModel) throws -> Void
    ) throws -> [String: [Double]] {
      let model = try CausalLanguageModel(directory: Fixture.directory(name))
      try model.parameters.requireGradients()
      try passes(model)
      return try Dictionary(
        uniqueKeysWithValues: model.parameters.names.map { name in
          let gradient = try #require(try model.parameters[name].gradient(), "\(name)")
          return (name, try gradient.values(as: Double.self))
        })
    }

    /// Groups whose sequences share prefixes of every kind: none, part of the prompt, the prompt,
    /// part of the completion, a whole sequence; with empty prompts and empty completions. The
    /// longest has as many tokens as the model has positions.
    private func randomGroups(seed: UInt64, within limit: Int) -> [[Sequence]] {
      var random = SeededGenerator(seed: seed)
      func ids(_ lengths: ClosedRange<Int>) -> [Int32] {
        (0..<Int.random(in: lengths, using: &random)).map { _ in
          Int32.random(in: 0..<160, using: &random)
        }
      }
      let prompt = ids(5...20)
      let completion = ids(8...30)
      let half = limit / 2
      let long = ids(half...half)
      return [
        [Sequence(prompt: prompt, completion: completion)],
        [
          Sequence(prompt: prompt, completion: completion),
          Sequence(prompt: prompt, completion: ids(1...30)),
          Sequence(prompt: prompt, completion: Array(completion.prefix(4)) + ids(1...9)),
        ],
        [
          Sequence(prompt: prompt, completion: completion),
          Sequence(prompt: prompt, completion: Array(completion.prefix(3))),
          Sequence(prompt: prompt, completion: []),
        ],
        [
          Sequence(prompt: prompt, completion: completion),
          Sequence(prompt: Array(prompt.prefix(2)) + ids(1...5), completion: ids(1...5)),
        ],
        [
          Sequence(prompt: [], completion: completion),
          Sequence(prompt: [], completion: ids(1...7)),
        ],
        [
          Sequence(prompt: Array(completion.prefix(2)), completion: Array(completion.dropFirst(2))),
          Sequence(prompt: completion, completion: ids(1...3)),
        ],
        [
          Sequence(prompt: long, completion: ids(half - 10...half - 1)),
          Sequence(prompt: long, completion: long),
        ],
        [],
      ]
    }
  }
#endif
