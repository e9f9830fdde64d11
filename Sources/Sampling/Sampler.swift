public import LanguageModels
public import Tokenization
internal import TorchEngine

/// Samples completions of prompts from a model, many at a time.
///
/// Sequences share a batch and leave it when they end, and waiting ones take their places. A prompt is taken in
/// once for all its completions. Each draw depends on the seed, the sequence and its place in it alone, and what the
/// decoder computes for a sequence does not depend on the others: neither does a completion.
public struct Sampler {
  private let model: CausalLanguageModel
  private let tokenizer: Tokenizer
  private let parameters: SamplingParameters
  private let batchSize: Int
  private let ends: Set<Int32>

  /// A sampler.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - tokenizer: Its tokenizer.
  ///   - parameters: How tokens are drawn.
  ///   - ends: The model's ends of sequence, where there are others than the tokenizer's.
  ///   - batchSize: Sequences in a batch at most.
  public init(
    model: CausalLanguageModel, tokenizer: Tokenizer, parameters: SamplingParameters,
    ends: Set<Int32> = [], batchSize: Int = 64
  ) {
    precondition(batchSize > 0, "a batch of \(batchSize)")
    self.model = model
    self.tokenizer = tokenizer
    self.parameters = parameters
    self.batchSize = batchSize
    self.ends = ends.union([tokenizer.endOfSequence].compactMap(\.self))
  }

  /// Samples completions of texts.
  ///
  /// Where the model has learned its positions, a completion ends with them at the latest.
  ///
  /// - Parameters:
  ///   - prompts: What is continued; none may be without tokens.
  ///   - count: Completions of each prompt.
  ///   - draws: For each prompt where the draws of its completions start, for what must not depend on its place;
  ///     `nil` for that place.
  ///   - observe: Told of each token, and of how many completions are done; may throw to stop.
  /// - Returns: For each prompt its completions.
  /// - Throws: What `observe` throws, or `EngineError`, for instance for a prompt that fills the positions of the model.
  public func completions(
    of prompts: [String], count: Int = 1, draws: [UInt64]? = nil,
    observe: (SamplingEvent) throws -> Void = { _ in }
  ) throws -> [[SampledCompletion]] {
    let ids = prompts.map { tokenizer.encode($0) }
    return try samples(of: ids, count: count, draws: draws, observe: observe).map {
      $0.map { SampledCompletion(text: text(of: $0), sample: $0) }
    }
  }

  /// Samples completions of token ids.
  ///
  /// Where the model has learned its positions, a completion ends with them at the latest.
  ///
  /// - Parameters:
  ///   - prompts: What is continued; none may be without tokens.
  ///   - count: Completions of each prompt.
  ///   - draws: For each prompt where the draws of its completions start, for what must not depend on its place;
  ///     `nil` for that place.
  ///   - observe: Told of each token, and of how many completions are done; may throw to stop.
  /// - Returns: For each prompt its completions.
  /// - Throws: What `observe` throws, or `EngineError`, for instance for a prompt that fills the positions of the model.
  public func samples(
    of prompts: [[Int32]], count: Int = 1, draws: [UInt64]? = nil,
    observe: (SamplingEvent) throws -> Void = { _ in }
  ) throws -> [[SampledTokens]] {
    precondition(count > 0 && prompts.allSatisfy { !$0.isEmpty }, "nothing to continue")
    precondition(draws.map { $0.count == prompts.count } ?? true, "a draw for each prompt")
    guard let longest = prompts.map(\.count).max() else { return [] }
    let limit = model.configuration.sequenceLimit ?? .max
    // A completion needs room for a token at least.
    try model.configuration.check(longestSequence: longest + 1)
    let capacity = min(longest + parameters.maxNewTokens, limit)
    let slots = min(batchSize, prompts.count * count, slotsThatFit(capacity: capacity))
    var batch = try ContinuousBatch(
      model, tokenizer: tokenizer, ends: ends, slots: slots, capacity: capacity)
    var waiting = prompts.indices.flatMap { group in
      (0..<count).map { place in
        SequenceRequest(
          prompt: prompts[group], parameters: parameters,
          stream: draws.map { $0[group] &+ UInt64(place) } ?? UInt64(group * count + place),
          group: group)
      }
    }[...]
    // Sequences are admitted in their order, and so have their places as numbers.
    var samples = [SampledTokens](repeating: SampledTokens(), count: waiting.count)
    var done = 0
    while done < samples.count {
      let next = waiting.prefix(batch.freeSlots)
      waiting = waiting.dropFirst(next.count)
      _ = batch.admit(Array(next))
      for token in try batch.step() {
        samples[token.sequence].append(token)
        try observe(.token(token))
        guard token.finishReason != nil else { continue }
        done += 1
        try observe(.finished(done: done, of: samples.count))
      }
    }
    return prompts.indices.map { Array(samples[$0 * count..<($0 + 1) * count]) }
  }

  /// The text of what was sampled, without what ended it.
  ///
  /// - Parameter sample: What was sampled.
  /// - Returns: Its text.
  public func text(of sample: SampledTokens) -> String {
    parameters.textBeforeStops(tokenizer.decode(sample.tokens.dropLast(sample.endTokens)))
  }

  /// How many sequences' keys and values take a gigabyte, at least one.
  private func slotsThatFit(capacity: Int) -> Int {
    max(1, (1 << 30) / (capacity * model.configuration.cacheBytesPerToken))
  }
}

/// What happens while sampling.
public enum SamplingEvent: Equatable, Sendable {
  /// A sequence, counted over all prompts and their completions, has a further token.
  case token(SampledToken)
  /// So many of all completions are done.
  case finished(done: Int, of: Int)
}
