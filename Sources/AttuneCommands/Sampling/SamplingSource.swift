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
  init(model directory: String, batchSize: Int, _ parameters: SamplingParameters) throws {
    self.directory = directory
    self.batchSize = batchSize
    self.parameters = parameters
    tokenizer = try Tokenizer(directory: directory)
    ends = try EndsOfSequence(directory: directory)
  }

  /// Reads the weights.
  func sampler() throws -> Sampler {
    Sampler(
      model: try CausalLanguageModel(directory: directory), tokenizer: tokenizer,
      parameters: parameters, ends: ends.ids, batchSize: batchSize)
  }

  /// The prompts of a file of any records.
  ///
  /// - Throws: `TrainingError` for messages, which need a chat template.
  func prompts(in file: String) throws -> [String] {
    try RecordReader.prompts.read([file], strict: false).records.map { record in
      guard case .text(let text) = record.prompt else {
        throw TrainingError.messages(record.source)
      }
      return text
    }
  }
}
