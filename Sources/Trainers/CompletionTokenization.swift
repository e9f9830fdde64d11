public import Tokenization

/// How a prompt and the completions that continue it become token ids, by the rules of TRL 1.16.0
/// (docs/parity.md).
///
/// The end-of-sequence token's text is appended to each plain-text completion. The prompt, and the
/// prompt with each completion, are tokenized as joined text; the prompt's ids are what all of them
/// begin with, so a merge across the boundary shortens the prompt and never changes a completion.
public struct CompletionTokenization: Sendable {
  /// The ids of a prompt and its completions.
  public struct Encoding: Equatable, Sendable {
    /// The prompt by itself, of which the last ids may be lost to merges.
    public let prompt: [Int32]
    /// The prompt with each completion.
    public let sequences: [[Int32]]
    /// How many ids the prompt by itself and all of ``sequences`` begin with: where completions start.
    public let shared: Int
  }

  private let tokenizer: Tokenizer
  private let endOfSequence: String

  /// Rules for a tokenizer.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - directory: The model directory that the tokenizer comes from.
  /// - Throws: ``TrainingError`` if it names no end of sequence.
  public init(tokenizer: Tokenizer, directory: String) throws(TrainingError) {
    guard let id = tokenizer.endOfSequence, let text = tokenizer.token(for: id) else {
      throw .noEndOfSequence(directory: directory)
    }
    self.tokenizer = tokenizer
    endOfSequence = text
  }

  /// Tokenizes a prompt and its completions.
  ///
  /// - Parameters:
  ///   - prompt: What the completions continue.
  ///   - completions: At least one.
  /// - Returns: The ids, nothing of them cut off.
  public func encode(prompt: String, completions: [String]) -> Encoding {
    let promptIDs = tokenizer.encode(prompt)
    let sequences = completions.map { tokenizer.encode(prompt + ended($0)) }
    let shared = sequences.map { zip(promptIDs, $0).prefix { $0 == $1 }.count }.min() ?? 0
    return Encoding(prompt: promptIDs, sequences: sequences, shared: shared)
  }

  /// How many ids of a text are there because of its beginning.
  ///
  /// - Parameters:
  ///   - beginning: The beginning of the text that `ids` encodes.
  ///   - ids: The ids of the whole text.
  /// - Returns: The number of ids that both begin with: a token across the boundary is not of them.
  func tokens(before beginning: String, of ids: [Int32]) -> Int {
    zip(tokenizer.encode(beginning), ids).prefix { $0 == $1 }.count
  }

  private func ended(_ completion: String) -> String {
    // By bytes: `hasSuffix` does not find a text whose first character joins the one before it.
    completion.utf8.suffix(endOfSequence.utf8.count).elementsEqual(endOfSequence.utf8)
      ? completion : completion + endOfSequence
  }
}
