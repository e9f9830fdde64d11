import LanguageModels
import PreferenceData
import Sampling
import Tokenization
import Trainers

/// A model directory to sample from: its tokenizer at once, its weights when they are needed.
struct SamplingSource {
  let directory: String
  let tokenizer: Tokenizer
  private let batchSize: Int
  private let parameters: SamplingParameters
  private let ends: EndsOfSequence

  /// Opens the small files of a model directory.
  ///
  /// - Throws: What is wrong with them; `TrainingError` where the tokenizer has ids that the model has not.
  init(model directory: String, batchSize: Int, _ parameters: SamplingParameters) throws {
    self.directory = directory
    self.batchSize = batchSize
    self.parameters = parameters
    tokenizer = try Tokenizer(directory: directory)
    try TransformerConfiguration(directory: directory).check(tokenizer, of: directory)
    ends = try EndsOfSequence(directory: directory)
  }

  /// Reads the weights.
  func sampler() throws -> Sampler {
    sampler(of: try CausalLanguageModel(directory: directory))
  }

  /// A sampler of weights that were read.
  func sampler(of model: CausalLanguageModel) -> Sampler {
    Sampler(
      model: model, tokenizer: tokenizer, parameters: parameters, ends: ends.ids,
      batchSize: batchSize)
  }

  /// The prompts of a file of any records.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - keepingFields: Whether somebody asks for the further fields of their rows.
  /// - Returns: The prompts that are not empty, at least one.
  /// - Throws: `TrainingError` for messages, which need a chat template; ``Failure`` for a prompt that
  ///   leaves no room for a completion.
  func prompts(in file: String, keepingFields: Bool = false) throws -> [TextPrompt] {
    let reader = keepingFields ? RecordReader.promptsWithFields : .prompts
    let room = try promptLimit()
    return try reader.read([file], strict: false).records.map { record in
      guard case .text(let text) = record.prompt else {
        throw TrainingError.messages(record.source)
      }
      try check(text, "\(record.source): the prompt", room)
      return TextPrompt(text: text, fields: record.fields, source: record.source)
    }
  }

  /// Refuses a prompt that leaves no room for a completion.
  ///
  /// - Parameters:
  ///   - prompt: What is continued.
  ///   - name: What it is called in the error.
  /// - Throws: ``Failure``.
  func check(_ prompt: String, called name: String) throws {
    try check(prompt, name, try promptLimit())
  }

  /// Tokens of a prompt at most: one position is left for a completion.
  private func promptLimit() throws -> Int? {
    try TransformerConfiguration(directory: directory).sequenceLimit.map { $0 - 1 }
  }

  private func check(_ prompt: String, _ name: String, _ limit: Int?) throws {
    // A token has a byte at least.
    guard let limit, prompt.utf8.count > limit else { return }
    let count = tokenizer.encode(prompt).count
    guard count > limit else { return }
    throw Failure(
      .data,
      "\(name) has \(count) tokens, which leaves no room for a completion in the \(limit + 1) positions of "
        + "the model; shorten it, or leave it out")
  }
}
