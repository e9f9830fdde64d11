#if LibTorch
  import Foundation
  import LanguageModels
  import PreferenceData
  import Testing
  import Tokenization
  import TorchEngine

  import Sampling

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
      ).completions(of: prompts).map { $0[0] }
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
          let (sum, isTop) = try scored(prompt, completion.sample.tokens)
          #expect(abs(sum - completion.logProbability) < 1e-4)
          if choice == .greedy { #expect(isTop.allSatisfy { $0 }) }
        }
      }
    }

    @Test("a completion depends on seed and place, not on the batch", arguments: [1, 2, 3, 4])
    func invariance(batchSize: Int) throws {
      let whole = try sample(prompts, .temperature(0.8))
      #expect(
        try sample(prompts, .temperature(0.8), batchSize: batchSize).map(\.sample.tokens)
          == whole.map(\.sample.tokens))
      #expect(
        try sample(Array(prompts.prefix(2)), .temperature(0.8)).map(\.sample.tokens)
          == whole.prefix(2).map(\.sample.tokens))
      #expect(
        try sample(prompts, .temperature(0.8), seed: 2).map(\.sample.tokens)
          != whole.map(\.sample.tokens))
    }

    @Test("a completion ends by length, or at the end of sequence, whose text is left out")
    func ends() throws {
      let completions = try sample(
        Array(repeating: "Why", count: 200), .temperature(1))
      let end = try #require(tokenizer.endOfSequence)
      for completion in completions {
        #expect((completion.sample.tokens.last == end) == (completion.sample.finishReason == .stop))
        #expect(!completion.sample.tokens.dropLast().contains(end))
        if completion.sample.finishReason == .length {
          #expect(completion.sample.tokens.count == 12)
        }
        let shown =
          completion.sample.finishReason == .stop
          ? Array(completion.sample.tokens.dropLast()) : completion.sample.tokens
        #expect(completion.text == tokenizer.decode(shown))
      }
    }

    @Test("several completions of a prompt differ, and each is that of its place")
    func groups() throws {
      let sampler = Sampler(
        model: model, tokenizer: tokenizer,
        parameters: SamplingParameters(maxNewTokens: 12, seed: 3), batchSize: 5)
      let groups = try sampler.completions(of: prompts, count: 4)
      #expect(groups.map(\.count) == [4, 4, 4, 4])
      for group in groups { #expect(Set(group.map(\.sample.tokens)).count > 1) }
      let wide = Sampler(
        model: model, tokenizer: tokenizer,
        parameters: SamplingParameters(maxNewTokens: 12, seed: 3))
      #expect(try wide.completions(of: prompts, count: 4) == groups)
      for (prompt, group) in zip(prompts, groups) {
        for completion in group {
          let sum = try scored(prompt, completion.sample.tokens).sum
          #expect(abs(sum - completion.logProbability) < 1e-4)
        }
      }
    }

    @Test("stop texts and ids end a completion; the text ends before them")
    func stops() throws {
      let plain = try sample(prompts, .greedy)
      let text = try #require(
        plain[0].text.split(separator: " ").dropFirst().first.map(String.init))
      var parameters = SamplingParameters(choice: .greedy, maxNewTokens: 12)
      parameters.stopTexts = [text]
      func sampled() throws -> SampledCompletion {
        try Sampler(model: model, tokenizer: tokenizer, parameters: parameters)
          .completions(of: [prompts[0]])[0][0]
      }
      let stopped = try sampled()
      #expect(stopped.sample.finishReason == .stop && !stopped.text.contains(text))
      #expect(plain[0].text.hasPrefix(stopped.text + text))
      #expect(plain[0].sample.tokens.starts(with: stopped.sample.tokens))
      parameters.stopTexts = []
      let id = plain[0].sample.tokens[3]
      parameters.stopIDs = [id]
      let byID = try sampled()
      #expect(byID.sample.tokens.last == id && byID.sample.endTokens == 1)
      #expect(byID.sample.finishReason == .stop && !byID.sample.tokens.dropLast().contains(id))
    }

    @Test("no completion ends before its least number of tokens")
    func leastTokens() throws {
      var parameters = SamplingParameters(maxNewTokens: 12, seed: 1)
      parameters.minNewTokens = 12
      let sampler = Sampler(model: model, tokenizer: tokenizer, parameters: parameters)
      let completions = try sampler.completions(of: ["Why"], count: 100)[0]
      #expect(completions.allSatisfy { $0.sample.tokens.count == 12 })
    }

    @Test("each token is told of, in the order of its sequence, and who throws stops")
    func events() throws {
      let sampler = Sampler(
        model: model, tokenizer: tokenizer,
        parameters: SamplingParameters(maxNewTokens: 6, seed: 3), batchSize: 2)
      var told: [Int: [Int32]] = [:]
      var done: [Int] = []
      let samples = try sampler.samples(of: prompts.map { tokenizer.encode($0) }) { event in
        switch event {
        case .token(let token): told[token.sequence, default: []].append(token.token.id)
        case .finished(let count, let total): done.append(count * 10 + total)
        }
      }
      #expect(samples.indices.allSatisfy { told[$0] == samples[$0][0].tokens })
      #expect(done == [14, 24, 34, 44])
      struct Enough: Error {}
      #expect(throws: Enough.self) {
        try sampler.samples(of: [tokenizer.encode("Why")]) { _ in throw Enough() }
      }
    }

    @Test("sampled tokens come as often as the model says")
    func frequencies() throws {
      let sampler = Sampler(
        model: model, tokenizer: tokenizer,
        parameters: SamplingParameters(maxNewTokens: 1, seed: 11))
      let prompt = tokenizer.encode("Why")
      let draws = 20_000
      let samples = try sampler.samples(of: [prompt], count: draws)[0]
      let weights = try model.nextTokens(after: [prompt])[0].map { exp(Double($0)) }
      let total = weights.reduce(0, +)
      var counts: [Int32: Int] = [:]
      for sample in samples { counts[sample.tokens[0], default: 0] += 1 }
      // Cells of which fewer than five draws are expected are taken together (Pearson's χ²).
      var (statistic, cells, rest) = (0.0, 0, (seen: 0, expected: 0.0))
      func add(_ seen: Int, _ expected: Double) {
        statistic += (Double(seen) - expected) * (Double(seen) - expected) / expected
        cells += 1
      }
      for (token, weight) in weights.enumerated() {
        let expected = weight / total * Double(draws)
        let seen = counts[Int32(token)] ?? 0
        if expected < 5 {
          rest = (rest.seen + seen, rest.expected + expected)
        } else {
          add(seen, expected)
        }
      }
      if rest.expected > 0 { add(rest.seen, rest.expected) }
      // Wilson and Hilferty: the cube root is nearly normal; 3.1 deviations are one in a thousand.
      let freedom = Double(cells - 1)
      let spread = 2 / (9 * freedom)
      let deviation = (cbrt(statistic / freedom) - (1 - spread)) / spread.squareRoot()
      #expect(cells > 20 && abs(deviation) < 3.1)
    }

    @Test("the completer gives a request the same text, whatever is beside it")
    func completer() async throws {
      let sampler = Sampler(
        model: model, tokenizer: tokenizer,
        parameters: SamplingParameters(maxNewTokens: 12, seed: 5))
      let completer = ModelCompleter(sampler)
      let requests = prompts.enumerated().map { CompletionRequest($1, draw: UInt64($0) + 7) }
      let texts = try await completer.completions(of: requests)
      let alone = try await completer.completions(of: [requests[1]])
      #expect(alone == [texts[1]])
      let other = try await completer.completions(of: [CompletionRequest(prompts[1], draw: 99)])
      #expect(other != alone)
      #expect(
        try sampler.completions(of: prompts, draws: [7, 8, 9, 10]).map { $0[0].text } == texts)
    }

    @Test("where positions are learned, a completion ends with them, and changes in nothing else")
    func learnedPositions() throws {
      let model = try CausalLanguageModel(
        directory: URL(filePath: #filePath).deletingLastPathComponent()
          .appending(path: "../LanguageModelsTests/Fixtures/gpt2").standardizedFileURL.path)
      let limit = try #require(model.configuration.sequenceLimit)
      var parameters = SamplingParameters(maxNewTokens: 12, seed: 3)
      parameters.minNewTokens = 12
      func samples(_ lengths: Int...) throws -> [SampledTokens] {
        try Sampler(model: model, tokenizer: tokenizer, parameters: parameters)
          .samples(of: lengths.map { (0..<$0).map { Int32(2 + $0 % 90) } }).map { $0[0] }
      }
      let seen = try samples(5, limit - 4, limit - 1)
      #expect(seen.map(\.tokens.count) == [12, 4, 1])
      #expect(seen.allSatisfy { $0.finishReason == .length })
      #expect(try samples(5)[0] == seen[0])
      #expect(throws: EngineError.positions(tokens: limit + 1, limit: limit)) {
        try samples(5, limit)
      }
    }
  }
#endif
