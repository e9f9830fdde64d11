public import PreferenceData
public import Tokenization

/// How a text becomes sequences of token ids of which some are learned.
public protocol TextTokenization: Sendable {
  /// Tokenizes a text.
  ///
  /// - Parameter text: A prompt and its completion, or a text of its own.
  /// - Returns: At least one sequence, each with a token that is learned; or why there is none.
  /// - Throws: ``TrainingError`` for a text that the settings have no place for.
  func tokenize(_ text: LearnedText) throws(TrainingError) -> TextOutcome
}

/// What became of a text.
public enum TextOutcome: Equatable, Sendable {
  /// It can be learned from.
  case tokenized(TokenizedText)
  /// It cannot.
  case dropped(DropReason)
}

/// A text as token ids.
public struct TokenizedText: Equatable, Sendable {
  /// One sequence, or the blocks of a long text.
  public let sequences: [PackedBatch.Sequence]
  /// What texts have in common that are to be held out together: a prompt, or all of a text.
  public let group: [Int32]
  /// Whether something was cut off.
  public let isCut: Bool
}
