public import Tokenization

/// How texts become blocks of token ids for pretraining, of which everything is learned.
///
/// A text stands between two end-of-sequence tokens, so that its first token is predicted from the
/// one, as where a text is to be generated from nothing, and the other is predicted at its end. A long
/// text is split into blocks, each of which begins with the last token of the one before: as context
/// alone, so that every token is predicted exactly once.
public struct BlockTokenization: TextTokenization {
  private let tokenizer: Tokenizer
  private let endOfSequence: Int32
  private let length: Int

  /// Rules for a tokenizer.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - directory: The model directory that the tokenizer comes from.
  ///   - length: Tokens of a block, at least 2.
  /// - Throws: ``TrainingError`` if the tokenizer names no end of sequence.
  public init(tokenizer: Tokenizer, directory: String, length: Int) throws(TrainingError) {
    precondition(length >= 2, "blocks of \(length) tokens predict nothing")
    guard let end = tokenizer.endOfSequence else { throw .noEndOfSequence(directory: directory) }
    self.tokenizer = tokenizer
    endOfSequence = end
    self.length = length
  }

  /// Tokenizes a text, or a prompt with its completion.
  ///
  /// - Parameter text: Any text.
  /// - Returns: Its blocks, at least one.
  public func tokenize(_ text: LearnedText) -> TextOutcome {
    var ids = tokenizer.encode(text.whole, addSpecialTokens: false)
    // A text that already has these tokens keeps them.
    if ids.first != endOfSequence { ids.insert(endOfSequence, at: 0) }
    if ids.last != endOfSequence || ids.count == 1 { ids.append(endOfSequence) }
    let starts = stride(from: 0, to: ids.count - 1, by: length - 1)
    let blocks = starts.map { start in
      PackedBatch.Sequence(
        prompt: [ids[start]], completion: Array(ids[(start + 1)..<min(start + length, ids.count)]))
    }
    return .tokenized(TokenizedText(sequences: blocks, group: ids, isCut: false))
  }
}
