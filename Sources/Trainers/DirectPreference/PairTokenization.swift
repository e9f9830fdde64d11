public import PreferenceData
public import Tokenization
public import TrainingConfiguration

/// How a preference pair becomes token ids: by ``CompletionTokenization``, cut to a length.
public struct PairTokenization: Sendable {
  private let completions: CompletionTokenization
  private let maxLength: Int?
  private let agreement: AgreementChoice

  /// What became of a pair.
  public enum Outcome: Equatable, Sendable {
    /// Its ids.
    case tokenized(TokenizedPair)
    /// It cannot be learned from.
    case dropped(DropReason)
  }

  /// Rules for a tokenizer.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - directory: The model directory that the tokenizer comes from.
  ///   - maxLength: Tokens of prompt and completion together; what is beyond is cut off at the end.
  ///   - agreement: What the share of annotators who agreed means.
  /// - Throws: ``TrainingError`` if it names no end of sequence.
  public init(
    tokenizer: Tokenizer, directory: String, maxLength: Int?,
    agreement: AgreementChoice = .weight
  ) throws(TrainingError) {
    completions = try CompletionTokenization(tokenizer: tokenizer, directory: directory)
    self.maxLength = maxLength
    self.agreement = agreement
  }

  /// Tokenizes a pair.
  ///
  /// - Parameter pair: Prompt and completions as plain text.
  /// - Returns: The ids, or why the pair is of no use.
  /// - Throws: ``TrainingError`` for messages.
  public func tokenize(_ pair: PreferencePair) throws(TrainingError) -> Outcome {
    guard case .text(let prompt) = pair.prompt, case .text(let chosen) = pair.chosen,
      case .text(let rejected) = pair.rejected
    else { throw .messages(pair.source) }
    let encoding = completions.encode(prompt: prompt, completions: [chosen, rejected])
    let (shared, sequences) = (encoding.shared, encoding.sequences)
    if let maxLength, shared >= maxLength { return .dropped(.promptTooLong) }
    func completion(_ ids: [Int32]) -> [Int32] {
      Array(ids.prefix(maxLength ?? ids.count).dropFirst(shared))
    }
    let sides = (completion(sequences[0]), completion(sequences[1]))
    // Without a prompt, the first token of a completion has nothing that predicts it.
    let unscored = shared == 0 ? 1 : 0
    if min(sides.0.count, sides.1.count) <= unscored { return .dropped(.emptyCompletion) }
    if sides.0 == sides.1 {
      return .dropped(sequences[0] == sequences[1] ? .identicalSides : .truncatedAway)
    }
    let share = pair.agreement ?? 1
    return .tokenized(
      TokenizedPair(
        prompt: Array(encoding.prompt.prefix(shared)), chosen: sides.0, rejected: sides.1,
        weight: pair.weight * (agreement == .weight ? share : 1), margin: pair.margin,
        probability: agreement == .probability ? share : 1))
  }
}
