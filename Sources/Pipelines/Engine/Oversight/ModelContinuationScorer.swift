public import LanguageModels
public import PreferenceData
public import Tokenization
internal import Trainers

/// A causal language model here that says how probable options are.
public struct ModelContinuationScorer: ContinuationScorer {
  private let tokenizer: Tokenizer
  private let scoring: SequenceScoring

  /// Refuses a directory that cannot judge, without its weights.
  ///
  /// - Parameter directory: A model directory.
  /// - Throws: What is wrong with it.
  public static func check(_ directory: String) throws {
    let tokenizer = try Tokenizer(directory: directory)
    try TransformerConfiguration(directory: directory).check(tokenizer, of: directory)
  }

  /// Reads a model.
  ///
  /// - Parameter directory: A model directory.
  /// - Throws: What is wrong with it.
  public init(directory: String) throws {
    try Self.check(directory)
    self.init(
      try CausalLanguageModel(directory: directory), try Tokenizer(directory: directory))
  }

  /// Takes weights that were read.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - tokenizer: Its tokenizer.
  public init(_ model: CausalLanguageModel, _ tokenizer: Tokenizer) {
    self.tokenizer = tokenizer
    scoring = SequenceScoring(model: model)
  }

  /// The log probabilities of options.
  ///
  /// - Parameter questions: What is asked.
  /// - Returns: For each question, for each option, log P(option | text) in nats, without the tokens that all
  ///   options begin with.
  /// - Throws: `EngineError`, for instance for a text beyond the positions of the model.
  public func logProbabilities(of questions: [OptionQuestion]) async throws -> [[Double]] {
    try logProbabilities(of: questions) { _ in }
  }

  /// The same, with somebody who is told how far it is.
  ///
  /// - Parameters:
  ///   - questions: What is asked.
  ///   - progress: Told how many questions are done; may throw to stop.
  /// - Returns: For each question, for each option, its log probability in nats.
  /// - Throws: What `progress` throws, or `EngineError`.
  func logProbabilities(
    of questions: [OptionQuestion], progress: (_ done: Int) throws -> Void
  ) throws -> [[Double]] {
    try scoring.summedLogProbabilities(of: questions.map(options), progress: progress)
  }

  /// A question with each option; what they have in common is not scored.
  private func options(of question: OptionQuestion) -> [PackedBatch.Sequence] {
    let sequences = question.options.map { tokenizer.encode(question.text + $0) }
    let shortest = sequences.map(\.count).min() ?? 0
    // Of an option that another one begins with, the last token is left to be scored.
    let shared =
      (0..<shortest).first { place in
        sequences.contains { $0[place] != sequences[0][place] }
      } ?? shortest - 1
    return sequences.map {
      .init(prompt: Array($0.prefix(shared)), completion: Array($0.dropFirst(shared)))
    }
  }
}
