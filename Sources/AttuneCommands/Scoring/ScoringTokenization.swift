import PreferenceData
import Tokenization
import Trainers

/// How a completion or a text becomes a row to score: a completion by the rules of training.
struct ScoringTokenization {
  private let tokenizer: Tokenizer
  private let completions: CompletionTokenization
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
    self.tokenizer = tokenizer
    self.maxLength = maxLength
  }

  /// A completion after its prompt, or why there is nothing to score.
  func row(
    prompt: Passage, completion: Passage, at source: SourceLocation
  ) throws(TrainingError) -> ScoringRow {
    guard case .text(let prompt) = prompt, case .text(let completion) = completion else {
      throw .messages(source)
    }
    let encoding = completions.encode(prompt: prompt, completions: [completion])
    let shared = encoding.shared
    if let maxLength, shared >= maxLength {
      return ScoringRow(source: source, content: .unusable("\(DropReason.promptTooLong)"))
    }
    return row(
      encoding.sequences[0], from: shared, at: source, otherwise: "\(DropReason.emptyCompletion)")
  }

  /// A text, all of which is scored but its first token; nothing is appended to it.
  func row(text: Passage, at source: SourceLocation) throws(TrainingError) -> ScoringRow {
    guard case .text(let text) = text else { throw .messages(source) }
    return row(
      tokenizer.encode(text), from: 0, at: source,
      otherwise: "the text has no second token that a first one could predict")
  }

  private func row(
    _ ids: [Int32], from start: Int, at source: SourceLocation, otherwise reason: String
  ) -> ScoringRow {
    let sequence = PackedBatch.Sequence(
      prompt: Array(ids.prefix(start)),
      completion: Array(ids.prefix(maxLength ?? ids.count).dropFirst(start)))
    // A sequence's first token has nothing that predicts it.
    let isScored = sequence.ids.count > max(1, start)
    return ScoringRow(
      source: source, content: isScored ? .sequences([sequence]) : .unusable(reason))
  }
}
