#if LibTorch
  import Foundation
  import LanguageModels
  import Objectives
  import RunRecords
  import Sampling
  import Testing
  import Tokenization
  import TorchEngine

  @testable import Trainers

  /// A ratio of the policy and itself is 1: what is sampled one token at a time with cached keys and
  /// values has the log probabilities that training finds in packed batches.
  @Suite("The sampler and the trainer")
  struct SamplingAgreementTests {
    private static let families = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../LanguageModelsTests/Fixtures").standardizedFileURL.path

    private static let names = [
      "gpt2", "gpt2_gelu", "gpt2_published", "gpt2_relu", "llama", "llama_biases",
      "llama_gqa_untied", "llama_head_dim", "llama_rope_linear", "llama_rope_llama3", "mistral",
      "mistral_window", "qwen2", "qwen2_window", "qwen3", "smollm",
    ]

    /// The largest |log π_trainer − log π_sampler| of the tokens of eight completions of two prompts.
    private func difference(
      _ model: CausalLanguageModel, length: Int, temperature: Double
    ) throws -> Double {
      let tokenizer = try Tokenizer(directory: Fixture.model)
      let ids = Int32(model.configuration.vocabularySize)
      let prompts = [[1, 5, 9, 2], [7, 3]].map { $0.map { Int32($0) % ids } }
      let samples = try Sampler(
        model: model, tokenizer: tokenizer,
        parameters: SamplingParameters(
          choice: .temperature(temperature), maxNewTokens: length, seed: 11)
      ).samples(of: prompts, count: 4)
      let batch = PackedBatch(
        zip(prompts, samples).map { prompt, group in
          group.map { .init(prompt: prompt, completion: $0.tokens) }
        })
      let scored = try withoutGradients {
        try model.logProbabilities(of: batch, temperature: temperature)
      }
      let sampled = samples.joined().flatMap(\.logProbabilities)
      #expect(sampled.count == scored.logProbabilities.count && sampled.count > 8)
      return zip(sampled, scored.logProbabilities).map { abs($0 - Double($1)) }.max() ?? .infinity
    }

    @Test("agree on all families, at any temperature", arguments: names, [1, 0.7])
    func families(name: String, temperature: Double) throws {
      let model = try CausalLanguageModel(directory: "\(Self.families)/\(name)")
      #expect(try difference(model, length: 12, temperature: temperature) < 1e-5)
    }

    @Test("agree on the model of the bench", arguments: [1, 0.7])
    func nano(temperature: Double) throws {
      let shape = ModelPreset.nano.configuration(vocabularySize: 512)
      let model = try CausalLanguageModel(fresh: shape, seed: 4)
      #expect(try difference(model, length: 24, temperature: temperature) < 1e-5)
    }

    @Test("are an error where they are further apart than rounding, or no numbers")
    func disagreement() throws {
      func check(_ policy: [Double], _ behavior: [Double]) throws -> SamplingDifference {
        var difference = SamplingDifference()
        difference.add(
          PolicyTokens(policy: policy, behavior: behavior, tokenCounts: [policy.count]))
        try difference.check()
        return difference
      }
      let values = try check([-1, -2, -3], [-1.004, -2, -2.998]).values
      #expect(abs((values[.samplingDifferenceMean] ?? 0) - 0.002) < 1e-12)
      #expect(abs((values[.samplingDifferenceMaximum] ?? 0) - 0.004) < 1e-12)
      #expect(abs((values[.samplingRatioMaximum] ?? 0) - exp(0.004)) < 1e-12)
      #expect(abs((values[.samplingRatioMinimum] ?? 0) - exp(-0.002)) < 1e-12)
      #expect(
        abs((values[.samplingRatioMean] ?? 0) - (exp(0.004) + 1 + exp(-0.002)) / 3) < 1e-12)
      #expect(SamplingDifference().values.isEmpty)
      for (policy, text) in [(-1.5, "0.5"), (.nan, "NaN"), (-.infinity, "inf")]
        as [(Double, String)]
      {
        let error = #expect(throws: TrainingError.self) { try check([-1, policy], [-1, -1]) }
        #expect(
          error?.description
            == "the policy gives a token that it has just sampled a log probability \(text) nats "
            + "away from the sampler's, where only rounding is allowed; the weights may have "
            + "diverged: lower learning_rate, and look for broken weights with `attune score`")
      }
      // A number after NaN does not hide it.
      #expect(throws: TrainingError.self) { try check([.nan, -1], [-1, -1]) }
    }
  }
#endif
