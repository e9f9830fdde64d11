internal import LanguageModels
public import Oversight

/// A sequence classifier that somebody else has trained: a checkpoint of one label or several.
public struct SequenceClassifier {
  /// What it takes for a label: a probability of at least this. Its probabilities are as they are: nothing
  /// here has calibrated them.
  public static let threshold = 0.5

  private let model: ClassificationModel
  private let reading: LastTokenReading

  /// Reads a checkpoint.
  ///
  /// - Parameter directory: A sequence classifier in the Hugging Face layout.
  /// - Throws: `ModelError`, `TokenizerError`, `TrainingError` or `EngineError` for what the directory
  ///   lacks.
  public init(directory: String) throws {
    model = try ClassificationModel(directory: directory)
    reading = try LastTokenReading(directory: directory, configuration: model.configuration)
  }

  /// The names of its labels.
  public var labels: [String] { model.labels.names }

  /// What the classifier says.
  ///
  /// - Parameters:
  ///   - texts: None of them empty.
  ///   - progress: Told after each batch how many texts are done; may throw to stop.
  /// - Returns: One verdict a text.
  /// - Throws: What `progress` throws, or `EngineError`.
  public func verdicts(
    of texts: [String], progress: (_ done: Int) throws -> Void = { _ in }
  ) throws -> [ClassifierVerdict] {
    try reading.vectors(of: texts, progress: progress, by: model.logits).enumerated().map {
      place, logits in
      guard logits.allSatisfy(\.isFinite) else { throw ClassifierError.notFinite(text: place + 1) }
      let probabilities = model.labels.probabilities(of: logits)
      return ClassifierVerdict(
        probabilities: probabilities, positives: probabilities.map { $0 >= Self.threshold })
    }
  }
}
