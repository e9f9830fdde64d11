/// A model that a trainer updates and saves.
package protocol TrainableModel: AnyObject {
  /// The parameters that receive gradients.
  var trainedParameters: Parameters { get }

  /// Writes the model as a model directory.
  ///
  /// - Parameters:
  ///   - folder: An existing folder, which should be temporary until it is complete.
  ///   - source: The model directory that the configuration and the tokenizer come from.
  /// - Throws: `RunRecordError` if the disk does not take a file, or ``ModelError``.
  func write(to folder: String, companionsFrom source: String) throws
}

extension CausalLanguageModel: TrainableModel {
  package var trainedParameters: Parameters { parameters }
}
