package import LanguageModels
package import Tokenization

extension TransformerConfiguration {
  /// Checks that a model has all ids of a tokenizer.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - directory: The model directory, for errors.
  /// - Throws: ``TrainingError/vocabulary(directory:tokenizer:model:)``.
  package func check(_ tokenizer: Tokenizer, of directory: String) throws(TrainingError) {
    guard tokenizer.vocabularySize <= vocabularySize else {
      throw .vocabulary(
        directory: directory, tokenizer: tokenizer.vocabularySize, model: vocabularySize)
    }
  }

  /// Checks that a model can take what a tokenizer makes of the data.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer that the data was encoded with.
  ///   - longestSequence: Tokens of the longest sequence.
  ///   - directory: The model directory, for errors.
  /// - Throws: ``TrainingError`` if the tokenizer has ids that the model has not; `EngineError` if a
  ///   sequence has more tokens than the model has positions.
  func check(_ tokenizer: Tokenizer, longestSequence: Int, of directory: String) throws {
    try check(tokenizer, of: directory)
    try check(longestSequence: longestSequence)
  }
}
