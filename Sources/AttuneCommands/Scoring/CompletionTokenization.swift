import PreferenceData
import Tokenization
import Trainers

/// How a single completion becomes token ids: the rules of ``PairTokenization`` for one side.
struct CompletionTokenization {
  private let tokenizer: Tokenizer
  private let endOfSequence: String
  private let maxLength: Int?

  /// Rules for a tokenizer.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - directory: The model directory that the tokenizer comes from.
  ///   - maxLength: Tokens of prompt and completion together; what is beyond is cut off.
  /// - Throws: `TrainingError` if the tokenizer names no end of sequence.
  init(tokenizer: Tokenizer, directory: String, maxLength: Int?) throws(TrainingError) {
    guard let id = tokenizer.endOfSequence, let text = tokenizer.token(for: id) else {
      throw .noEndOfSequence(directory: directory)
    }
    self.tokenizer = tokenizer
    self.maxLength = maxLength
    endOfSequence = text
  }

  /// The ids of a completion after its prompt, or why there is nothing to score.
  func tokenize(prompt: String, completion: String) -> ScoringRow.Content {
    let ended = completion.hasSuffix(endOfSequence) ? completion : completion + endOfSequence
    let promptIDs = tokenizer.encode(prompt)
    let ids = tokenizer.encode(prompt + ended)
    let shared = zip(promptIDs, ids).prefix { $0 == $1 }.count
    if let maxLength, shared >= maxLength { return .unusable("\(DropReason.promptTooLong)") }
    let sequence = PackedBatch.Sequence(
      prompt: Array(ids.prefix(shared)),
      completion: Array(ids.prefix(maxLength ?? ids.count).dropFirst(shared)))
    return sequence.hasScoredTokens
      ? .sequences([sequence]) : .unusable("\(DropReason.emptyCompletion)")
  }

  /// The ids of a text, all of which is scored but its first token.
  func tokenize(text: String) -> ScoringRow.Content {
    let ids = tokenizer.encode(text)
    let sequence = PackedBatch.Sequence(
      prompt: [], completion: Array(ids.prefix(maxLength ?? ids.count)))
    return sequence.hasScoredTokens
      ? .sequences([sequence]) : .unusable("the text has no second token to predict")
  }
}

extension PackedBatch.Sequence {
  /// Whether any token counts: a sequence's first one never does.
  fileprivate var hasScoredTokens: Bool { ids.count > max(1, completionStart) }
}
