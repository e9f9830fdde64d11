import PreferenceData
import Tokenization
import Trainers

/// How a record becomes what is scored: pairs and completions by the rules of training.
struct ScoringTokenization {
  private let tokenizer: Tokenizer
  private let completions: CompletionTokenization
  private let pairs: PairTokenization
  private let maxLength: Int?

  /// Rules for a tokenizer.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - directory: The model directory that the tokenizer comes from.
  ///   - maxLength: Tokens of prompt and completion together; what is beyond is cut off.
  /// - Throws: `TrainingError` if the tokenizer names no end of sequence.
  init(tokenizer: Tokenizer, directory: String, maxLength: Int?) throws(TrainingError) {
    completions = try CompletionTokenization(tokenizer: tokenizer, directory: directory)
    pairs = try PairTokenization(
      tokenizer: tokenizer, directory: directory, maxLength: maxLength)
    self.tokenizer = tokenizer
    self.maxLength = maxLength
  }

  /// The sequences of a record, or why there is nothing to score.
  ///
  /// - Parameter record: A pair, a prompt with a completion, or a text.
  /// - Returns: Both sides of a pair; one sequence of anything else.
  /// - Throws: `TrainingError` for messages.
  func content(of record: DataRecord) throws(TrainingError) -> ScoringRow.Content {
    switch record {
    case .preference(let pair):
      switch try pairs.tokenize(pair) {
      case .tokenized(let pair): return .sequences(pair.sequences)
      case .dropped(let reason): return .unusable("\(reason)")
      }
    case .demonstration(let row):
      return try content(prompt: row.prompt, completion: row.completion, at: row.source)
    case .unpaired(let row):
      return try content(prompt: row.prompt, completion: row.completion, at: row.source)
    case .text(let document):
      return try content(text: document.text, at: document.source)
    case .ranking, .samples, .prompt:
      return .unusable("rankings, lists of completions and prompts are not scored")
    }
  }

  private func content(
    prompt: Passage, completion: Passage, at source: SourceLocation
  ) throws(TrainingError) -> ScoringRow.Content {
    guard case .text(let prompt) = prompt, case .text(let completion) = completion else {
      throw .messages(source)
    }
    let encoding = completions.encode(prompt: prompt, completions: [completion])
    if let maxLength, encoding.shared >= maxLength {
      return .unusable("\(DropReason.promptTooLong)")
    }
    return content(
      encoding.sequences[0], from: encoding.shared, otherwise: "\(DropReason.emptyCompletion)")
  }

  /// A text, all of which is scored but its first token; nothing is appended to it.
  private func content(
    text: Passage, at source: SourceLocation
  ) throws(TrainingError) -> ScoringRow.Content {
    guard case .text(let text) = text else { throw .messages(source) }
    return content(
      tokenizer.encode(text), from: 0,
      otherwise: "the text has no second token that a first one could predict")
  }

  private func content(
    _ ids: [Int32], from start: Int, otherwise reason: String
  ) -> ScoringRow.Content {
    let sequence = PackedBatch.Sequence(
      prompt: Array(ids.prefix(start)),
      completion: Array(ids.prefix(maxLength ?? ids.count).dropFirst(start)))
    return sequence.scoredTokens > 0 ? .sequences([sequence]) : .unusable(reason)
  }
}
