#if LibTorch
  import Foundation
  import LanguageModels
  import PreferenceData
  import Testing
  import Tokenization
  import TorchEngine

  @testable import Sampling

  @Suite("Sampling")
  struct SamplerTests {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../TrainersTests/Fixtures/dpo/model").standardizedFileURL.path

    private let model: CausalLanguageModel
    private let tokenizer: Tokenizer
    private let prompts = ["Tell me a story", "Why", "How do I get there from here?", "No."]

    init() throws {
      model = try CausalLanguageModel(directory: Self.directory)
      tokenizer = try Tokenizer(directory: Self.directory)
    }

    private func sample(
      _ prompts: [String], _ choice: SamplingParameters.Choice, seed: UInt64 = 1,
      batchSize: Int = 64
    ) throws -> [SampledCompletion] {
      try Sampler(
        model: model, tokenizer: tokenizer,
        parameters: SamplingParameters(choice: choice, maxNewTokens: 12, seed: seed),
        batchSize: batchSize
      ).completions(of: prompts)
    }

    /// log π of a completion by the pass that training makes.
    private func scored(_ prompt: String, _ tokens: [Int32]) throws -> (sum: Double, isTop: [Bool])
    {
      let batch = PackedBatch([[.init(prompt: tokenizer.encode(prompt), completion: tokens)]])
      let scored = try withoutGradients { try model.logProbabilities(of: batch) }
      return (scored.logProbabilities.reduce(0) { $0 + Double($1) }, scored.isTop)
    }

    @Test("log probabilities are those of scoring; a greedy token is the most likely one")
    func agreesWithScoring() throws {
      for choice in [SamplingParameters.Choice.greedy, .temperature(1)] {
        for (prompt, completion) in zip(prompts, try sample(prompts, choice)) {
          let (sum, isTop) = try scored(prompt, completion.tokens)
          #expect(abs(sum - completion.logProbability) < 1e-4)
          if choice == .greedy { #expect(isTop.allSatisfy { $0 }) }
        }
      }
    }

    @Test("a completion depends on seed and place, not on the batch", arguments: [1, 2, 3, 4])
    func invariance(batchSize: Int) throws {
      let whole = try sample(prompts, .temperature(0.8))
      #expect(
        try sample(prompts, .temperature(0.8), batchSize: batchSize).map(\.tokens)
          == whole.map(\.tokens))
      #expect(
        try sample(Array(prompts.prefix(2)), .temperature(0.8)).map(\.tokens)
          == whole.prefix(2).map(\.tokens))
      #expect(try sample(prompts, .temperature(0.8), seed: 2).map(\.tokens) != whole.map(\.tokens))
    }

    @Test("a completion ends by length, or at the end of sequence, whose text is left out")
    func ends() throws {
      let completions = try sample(
        Array(repeating: "Why", count: 200), .temperature(1))
      let end = try #require(tokenizer.endOfSequence)
      for completion in completions {
        #expect((completion.tokens.last == end) == (completion.finishReason == .stop))
        #expect(!completion.tokens.dropLast().contains(end))
        if completion.finishReason == .length { #expect(completion.tokens.count == 12) }
        let shown =
          completion.finishReason == .stop
          ? Array(completion.tokens.dropLast()) : completion.tokens
        #expect(completion.text == tokenizer.decode(shown))
      }
    }

    @Test("tokens come as often as softmax(logits / T) says")
    func frequencies() {
      let logits: [Float] = [1, 0, -1, 2]
      for temperature in [0.5, 1, 2.0] {
        var random = SeededGenerator(seed: 5)
        var counts = [Int](repeating: 0, count: 4)
        let draws = 40_000
        for _ in 0..<draws {
          let choice = SamplingParameters.Choice.temperature(temperature)
          counts[choice.token(from: logits[...], using: &random).token] += 1
        }
        let weights = logits.map { exp(Double($0) / temperature) }
        for (token, count) in counts.enumerated() {
          let probability = weights[token] / weights.reduce(0, +)
          let error = (probability * (1 - probability) / Double(draws)).squareRoot()
          #expect(abs(Double(count) / Double(draws) - probability) < 5 * error)
        }
      }
    }

    @Test("the completer gives the texts")
    func completer() async throws {
      let sampler = Sampler(
        model: model, tokenizer: tokenizer,
        parameters: SamplingParameters(choice: .greedy, maxNewTokens: 5))
      let texts = try await ModelCompleter(sampler).completions(of: prompts)
      #expect(texts == (try sampler.completions(of: prompts).map(\.text)))
    }
  }
#endif
