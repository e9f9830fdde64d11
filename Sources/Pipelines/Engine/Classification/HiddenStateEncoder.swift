internal import LanguageModels
public import PreferenceData

/// A language model as what makes vectors of texts: the last token's hidden state behind the last
/// normalization.
public struct HiddenStateEncoder: TextEncoder {
  private let model: CausalLanguageModel
  private let reading: LastTokenReading

  /// Reads a checkpoint.
  ///
  /// - Parameter directory: A causal language model in the Hugging Face layout.
  /// - Throws: `ModelError`, `TokenizerError`, `TrainingError` or `EngineError` for what the directory
  ///   lacks.
  public init(directory: String) throws {
    model = try CausalLanguageModel(directory: directory)
    reading = try LastTokenReading(directory: directory, configuration: model.configuration)
  }

  /// The vectors of texts.
  ///
  /// - Parameter texts: None of them empty.
  /// - Returns: One vector a text, as wide as the model.
  /// - Throws: `EngineError`.
  public func vectors(of texts: [String]) throws -> [[Double]] {
    try vectors(of: texts) { _ in }
  }

  /// The vectors of texts.
  ///
  /// - Parameters:
  ///   - texts: None of them empty.
  ///   - progress: Told after each batch how many texts are done; may throw to stop.
  /// - Returns: One vector a text, as wide as the model.
  /// - Throws: What `progress` throws, or `EngineError`.
  public func vectors(
    of texts: [String], progress: (_ done: Int) throws -> Void
  ) throws -> [[Double]] {
    try reading.vectors(of: texts, progress: progress, by: model.lastHiddenStates)
  }
}
