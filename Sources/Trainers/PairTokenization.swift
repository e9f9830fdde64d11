public import PreferenceData
public import Tokenization

/// How a preference pair becomes token ids, by the rules of TRL 1.16.0 (docs/parity.md).
///
/// The end-of-sequence token's text is appended to each plain-text completion. Prompt, prompt +
/// chosen and prompt + rejected are each tokenized as joined text; the prompt's ids are what all
/// three begin with, so a merge across the boundary shortens the prompt and never changes a side.
public struct PairTokenization: Sendable {
  private let tokenizer: Tokenizer
  private let endOfSequence: String
  private let maxLength: Int?

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
  /// - Throws: ``TrainingError`` if it names no end of sequence.
  public init(
    tokenizer: Tokenizer, directory: String, maxLength: Int?
  ) throws(TrainingError) {
    guard let id = tokenizer.endOfSequence, let text = tokenizer.token(for: id) else {
      throw .noEndOfSequence(directory: directory)
    }
    self.tokenizer = tokenizer
    self.maxLength = maxLength
    endOfSequence = text
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
    let promptIDs = tokenizer.encode(prompt)
    let chosenIDs = tokenizer.encode(prompt + ended(chosen))
    let rejectedIDs = tokenizer.encode(prompt + ended(rejected))
    let shared = min(
      commonPrefixLength(promptIDs, chosenIDs), commonPrefixLength(promptIDs, rejectedIDs))
    if let maxLength, shared >= maxLength { return .dropped(.promptTooLong) }
    func completion(_ ids: [Int32]) -> [Int32] {
      Array(ids.prefix(maxLength ?? ids.count).dropFirst(shared))
    }
    let sides = (completion(chosenIDs), completion(rejectedIDs))
    // Without a prompt, the first token of a completion has nothing that predicts it.
    let unscored = shared == 0 ? 1 : 0
    if min(sides.0.count, sides.1.count) <= unscored { return .dropped(.emptyCompletion) }
    if sides.0 == sides.1 {
      return .dropped(chosenIDs == rejectedIDs ? .identicalSides : .truncatedAway)
    }
    return .tokenized(
      TokenizedPair(
        prompt: Array(promptIDs.prefix(shared)), chosen: sides.0, rejected: sides.1,
        weight: pair.weight, margin: pair.margin))
  }

  private func ended(_ completion: String) -> String {
    // By bytes: `hasSuffix` does not find a text whose first character joins the one before it.
    completion.utf8.suffix(endOfSequence.utf8.count).elementsEqual(endOfSequence.utf8)
      ? completion : completion + endOfSequence
  }
}

private func commonPrefixLength(_ a: [Int32], _ b: [Int32]) -> Int {
  zip(a, b).prefix { $0 == $1 }.count
}
