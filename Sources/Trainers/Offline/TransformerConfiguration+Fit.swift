internal import LanguageModels
internal import Tokenization

extension TransformerConfiguration {
  /// Checks that a model can take what a tokenizer makes of the data.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer that the data was encoded with.
  ///   - longestSequence: Tokens of the longest sequence.
  ///   - directory: The model directory, for errors.
  /// - Throws: ``TrainingError`` if the tokenizer has ids that the model has not; `EngineError` if a
  ///   sequence has more tokens than the model has positions.
  func check(_ tokenizer: Tokenizer, longestSequence: Int, of directory: String) throws {
    guard tokenizer.vocabularySize <= vocabularySize else {
      throw TrainingError.vocabulary(
        directory: directory, tokenizer: tokenizer.vocabularySize, model: vocabularySize)
    }
    try check(longestSequence: longestSequence)
  }
}
