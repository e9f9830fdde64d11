public import LanguageModels
internal import PreferenceData
public import Tokenization
internal import TorchEngine

/// Samples completions of prompts from a model.
///
/// Sequences share a batch until they end; each draws from a generator of its own, so that a
/// completion does not depend on the others. Every step computes the whole sequences.
public struct Sampler {
  private let model: CausalLanguageModel
  private let tokenizer: Tokenizer
  private let parameters: SamplingParameters
  private let batchSize: Int

  /// A sampler.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - tokenizer: Its tokenizer.
  ///   - parameters: How tokens are drawn.
  ///   - batchSize: Sequences in a batch.
  public init(
    model: CausalLanguageModel, tokenizer: Tokenizer, parameters: SamplingParameters,
    batchSize: Int = 64
  ) {
    self.model = model
    self.tokenizer = tokenizer
    self.parameters = parameters
    self.batchSize = batchSize
  }

  /// Samples one completion a prompt.
  ///
  /// - Parameters:
  ///   - prompts: What is continued; none may be without tokens.
  ///   - progress: Told how many completions are done; may throw to stop.
  /// - Returns: The completions in order.
  /// - Throws: What `progress` throws, or `EngineError`, for instance beyond the positions of the
  ///   model.
  public func completions(
    of prompts: [String], progress: (_ done: Int) throws -> Void = { _ in }
  ) throws -> [SampledCompletion] {
    var completions: [SampledCompletion] = []
    for start in stride(from: 0, to: prompts.count, by: batchSize) {
      let batch = start..<min(prompts.count, start + batchSize)
      completions += try sample(
        batch.map { index in
          OpenSequence(
            prompt: tokenizer.encode(prompts[index]),
            random: SeededGenerator(
              seed: parameters.seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15))
        })
      try progress(batch.upperBound)
    }
    return completions
  }

  private func sample(_ sequences: [OpenSequence]) throws(EngineError) -> [SampledCompletion] {
    var sequences = sequences
    while true {
      let open = sequences.indices.filter { sequences[$0].finishReason == nil }
      if open.isEmpty { break }
      let batch = PackedBatch(open.map { [.init(prompt: sequences[$0].ids, completion: [])] })
      let logits = try model.nextTokenLogits(of: batch)
      for (row, index) in open.enumerated() {
        sequences[index].append(
          from: logits[row], parameters, endOfSequence: tokenizer.endOfSequence)
      }
    }
    return sequences.map { $0.completion(tokenizer) }
  }
}

/// A sequence that is being sampled.
private struct OpenSequence {
  let prompt: [Int32]
  var random: SeededGenerator
  var tokens: [Int32] = []
  var logProbability = 0.0
  var finishReason: SampledCompletion.FinishReason?

  init(prompt: [Int32], random: SeededGenerator) {
    self.prompt = prompt
    self.random = random
  }

  var ids: [Int32] { prompt + tokens }

  mutating func append(
    from logits: ArraySlice<Float>, _ parameters: SamplingParameters, endOfSequence: Int32?
  ) {
    let (token, logProbability) = parameters.choice.token(from: logits, using: &random)
    tokens.append(Int32(token))
    self.logProbability += logProbability
    if Int32(token) == endOfSequence {
      finishReason = .stop
    } else if tokens.count >= parameters.maxNewTokens {
      finishReason = .length
    }
  }

  func completion(_ tokenizer: Tokenizer) -> SampledCompletion {
    SampledCompletion(
      text: tokenizer.decode(finishReason == .stop ? tokens.dropLast() : tokens[...]),
      tokens: tokens, logProbability: logProbability, finishReason: finishReason ?? .length)
  }
}
