/// What a tokenizer is to become: how large, with which special tokens.
public struct TokenizerRecipe: Sendable, Equatable {
  /// How many tokens it has, special tokens and the 256 bytes among them.
  public var vocabularySize: Int
  /// The token that ends a sequence, with id 0.
  public var endOfSequence: String
  /// The token that fills up short sequences, with id 1. It is another than the one that ends them,
  /// so that the last token which is no padding is the end, and not what stands before it.
  public var padding: String
  /// Special tokens that follow these two, for instance those of a chat template.
  public var furtherSpecialTokens: [String]
  /// How often two tokens must stand side by side to become one. 0 and 1 both mean any number of
  /// times; the default is that of `tokenizers`.
  public var minimumFrequency: Int

  /// A recipe.
  ///
  /// - Parameters:
  ///   - vocabularySize: How many tokens there are in all.
  ///   - endOfSequence: The token that ends a sequence.
  ///   - padding: The token that fills up short sequences.
  ///   - furtherSpecialTokens: Other special tokens, in the order of their ids.
  ///   - minimumFrequency: How often two tokens must stand side by side to become one.
  public init(
    vocabularySize: Int, endOfSequence: String = "<|endoftext|>", padding: String = "<|padding|>",
    furtherSpecialTokens: [String] = [], minimumFrequency: Int = 0
  ) {
    self.vocabularySize = vocabularySize
    self.endOfSequence = endOfSequence
    self.padding = padding
    self.furtherSpecialTokens = furtherSpecialTokens
    self.minimumFrequency = minimumFrequency
  }

  /// The special tokens in the order of their ids.
  public var specialTokens: [String] { [endOfSequence, padding] + furtherSpecialTokens }

  /// Special tokens and the alphabet, which every tokenizer of the recipe begins with.
  ///
  /// The alphabet is in the order of its characters' code points.
  ///
  /// - Throws: ``TokenizerRecipeError`` where the recipe cannot be followed.
  func initialVocabulary() throws(TokenizerRecipeError) -> Vocabulary {
    let smallest = ByteAlphabet.characters.count + specialTokens.count
    guard vocabularySize >= smallest else {
      throw .tooSmall(vocabularySize, specialTokens: specialTokens.count)
    }
    guard vocabularySize <= Vocabulary.largestID + 1 else { throw .tooLarge(vocabularySize) }
    var vocabulary = Vocabulary(minimumCapacity: vocabularySize)
    for token in specialTokens {
      if token.isEmpty { throw .emptySpecialToken }
      if vocabulary.append(Array(token.utf8)) == nil { throw .repeatedSpecialToken(token) }
    }
    for character in ByteAlphabet.characters.sorted() {
      var text: [UInt8] = []
      text.appendUTF8(of: character)
      guard vocabulary.append(text) != nil else {
        throw .specialTokenOfAlphabet(String(decoding: text, as: UTF8.self))
      }
    }
    if minimumFrequency < 0 { throw .minimumFrequency(minimumFrequency) }
    return vocabulary
  }
}
