public import Tokenization
public import TorchEngine

/// A sequence classifier of one label or several, read at each sequence's last token.
///
/// The last token is found by the sequence's length, as ``RewardModel`` does it.
public final class ClassificationModel {
  /// The backbone's shape.
  public let configuration: TransformerConfiguration
  /// What the logits speak of.
  public let labels: ClassificationLabels
  /// Backbone and head.
  public let parameters: Parameters

  /// Reads a checkpoint.
  ///
  /// - Parameter directory: A sequence classifier in the Hugging Face layout.
  /// - Throws: ``ModelError`` or `EngineError`, naming the file and what does not fit.
  public init(directory: String) throws {
    labels = try ClassificationLabels(directory: directory)
    configuration = try TransformerConfiguration(directory: directory)
    parameters = try Parameters(
      SafetensorsCheckpoint(directory: directory), of: configuration,
      output: .classes(labels.names.count))
  }

  /// The logits of the sequences of a packed batch.
  ///
  /// - Parameter batch: Packed sequences, none of them empty.
  /// - Returns: [sequences, labels].
  /// - Throws: `EngineError`, for instance for a token id outside the vocabulary.
  public func logits(of batch: PackedBatch) throws(EngineError) -> Tensor {
    try Transformer(configuration: configuration, parameters: parameters)
      .hiddenStates(of: batch, rows: batch.lastRows)
      .linear(parameters.weight(of: .score(0)))
  }
}

extension CausalLanguageModel {
  /// The normalized hidden state of each sequence's last token.
  ///
  /// - Parameter batch: Packed sequences, none of them empty.
  /// - Returns: [sequences, width].
  /// - Throws: `EngineError`, for instance for a token id outside the vocabulary.
  public func lastHiddenStates(of batch: PackedBatch) throws(EngineError) -> Tensor {
    try hiddenStates(of: batch, rows: batch.lastRows)
  }
}
