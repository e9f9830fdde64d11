internal import PreferenceData
internal import Tokenization

/// How a judged completion becomes token ids: by ``CompletionTokenization``.
struct UnpairedTokenization: Sendable {
  /// Tokens of prompt and completion together.
  let maxLength: Int
  private let completions: CompletionTokenization

  /// What became of a completion.
  enum Outcome: Equatable {
    /// Its ids.
    case tokenized(JudgedCompletion)
    /// It cannot be learned from.
    case dropped(DropReason)
  }

  /// Rules for a tokenizer.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - directory: The model directory that the tokenizer comes from.
  ///   - maxLength: Tokens of prompt and completion together.
  /// - Throws: ``TrainingError`` if it names no end of sequence.
  init(tokenizer: Tokenizer, directory: String, maxLength: Int) throws(TrainingError) {
    completions = try CompletionTokenization(tokenizer: tokenizer, directory: directory)
    self.maxLength = maxLength
  }

  /// Tokenizes a completion.
  ///
  /// - Parameter record: Prompt and completion as plain text.
  /// - Returns: The ids, or why the completion is of no use.
  /// - Throws: ``TrainingError`` for messages.
  func tokenize(_ record: UnpairedRecords.Completion) throws(TrainingError) -> Outcome {
    guard case .text(let prompt) = record.prompt, case .text(let text) = record.text else {
      throw .messages(record.source)
    }
    let encoding = completions.encode(prompt: prompt, completions: [text])
    let shared = encoding.shared
    if shared >= maxLength { return .dropped(.promptTooLong) }
    let completion = Array(encoding.sequences[0].dropFirst(shared))
    // Without a prompt, the first token of a completion has nothing that predicts it.
    if completion.count <= (shared == 0 ? 1 : 0) { return .dropped(.emptyCompletion) }
    return .tokenized(
      JudgedCompletion(
        prompt: Array(encoding.prompt.prefix(shared)), completion: completion,
        isDesirable: record.isDesirable, weight: record.weight))
  }
}
