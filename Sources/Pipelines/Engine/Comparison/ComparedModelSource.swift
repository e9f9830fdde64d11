internal import LanguageModels
internal import Sampling
internal import Tokenization
internal import Trainers

/// A model directory that answers prompts: its tokenizer at once, its weights while it samples.
struct ComparedModelSource {
  let name: String
  let directory: String
  let tokenizer: Tokenizer
  private let sampling: SamplingParameters
  private let ends: EndsOfSequence
  private let sequenceLimit: Int?

  /// Opens the small files of a directory.
  init(_ model: ModelComparison.Model, sampling: SamplingParameters) throws {
    name = model.name
    directory = model.directory
    self.sampling = sampling
    tokenizer = try Tokenizer(directory: directory)
    ends = try EndsOfSequence(directory: directory)
    let configuration = try TransformerConfiguration(directory: directory)
    sequenceLimit = configuration.sequenceLimit
    try configuration.check(tokenizer, of: directory)
  }

  /// Refuses prompts that leave no room for a completion.
  ///
  /// - Throws: ``PipelineError/noRoom(_:directory:tokens:positions:)``.
  func check(_ prompts: [ComparedPrompt]) throws(PipelineError) {
    guard let sequenceLimit else { return }
    // A token has a byte at least.
    for prompt in prompts where prompt.text.utf8.count >= sequenceLimit {
      let tokens = tokenizer.encode(prompt.text).count
      guard tokens < sequenceLimit else {
        throw .noRoom(prompt.source, directory: directory, tokens: tokens, positions: sequenceLimit)
      }
    }
  }

  /// Lets the model answer, and frees it.
  ///
  /// - Parameters:
  ///   - prompts: What is continued.
  ///   - count: Completions of each prompt.
  ///   - progress: Told how many completions of how many are done; may throw to stop.
  /// - Returns: For each prompt its completions.
  /// - Throws: What `progress` throws, or what is wrong with the weights.
  func samples(
    of prompts: [String], count: Int, progress: (_ done: Int, _ total: Int) throws -> Void
  ) throws -> [[SampledCompletion]] {
    let sampler = Sampler(
      model: try CausalLanguageModel(directory: directory), tokenizer: tokenizer,
      parameters: sampling, ends: ends.ids)
    return try sampler.completions(of: prompts, count: count) { event in
      switch event {
      case .token: break
      case .finished(let done, let total): try progress(done, total)
      }
    }
  }
}

extension ComparedCompletion {
  /// What was sampled, of which nothing else is known.
  init(_ completion: SampledCompletion) {
    self.init(
      completion.text, tokens: completion.sample.tokens.count,
      isCutOff: completion.sample.finishReason == .length)
  }
}
