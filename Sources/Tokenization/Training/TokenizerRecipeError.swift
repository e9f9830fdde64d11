/// Why a tokenizer cannot be made as it was asked for.
public enum TokenizerRecipeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no room for what every tokenizer has.
  case tooSmall(Int, specialTokens: Int)
  /// More tokens than ids can count.
  case tooLarge(Int)
  /// A special token without text.
  case emptySpecialToken
  /// A special token that is listed twice.
  case repeatedSpecialToken(String)
  /// A special token that is the vocabulary's name of a byte.
  case specialTokenOfAlphabet(String)
  /// A frequency below 0.
  case minimumFrequency(Int)

  /// What was asked for, and what is allowed.
  public var description: String {
    switch self {
    case .tooSmall(let size, let specialTokens):
      "the vocabulary size is \(size), but 256 bytes and \(specialTokens) special tokens are in "
        + "every vocabulary; ask for \(256 + specialTokens) or more"
    case .tooLarge(let size):
      "the vocabulary size is \(size); the largest possible is \(Vocabulary.largestID + 1)"
    case .emptySpecialToken:
      "a special token is empty; give it a text that does not occur in the data"
    case .repeatedSpecialToken(let token):
      "the special token \"\(token)\" is given twice; end of sequence, padding and every other "
        + "special token must differ"
    case .specialTokenOfAlphabet(let token):
      "the special token \"\(token)\" is a character by which the vocabulary calls a byte; give it "
        + "a longer text"
    case .minimumFrequency(let frequency):
      "the minimum frequency is \(frequency), but must be at least 0"
    }
  }
}
