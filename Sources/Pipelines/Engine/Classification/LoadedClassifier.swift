public import Oversight

/// A classifier of any kind, ready to be asked.
public enum LoadedClassifier {
  /// One that reads texts.
  case text(TextClassifier)
  /// One that reads the hidden states of a model.
  case probe(ProbeClassifier, HiddenStateEncoder)
  /// A checkpoint.
  case checkpoint(SequenceClassifier)

  /// Reads what `attune classifier train` has written.
  ///
  /// - Parameters:
  ///   - directory: The classifier's folder.
  ///   - model: Where the model of a probe is now; `nil` for where it was.
  /// - Throws: `ClassifierError`, or what the model's directory lacks.
  public init(directory: String, model: String? = nil) throws {
    switch try SavedClassifier(directory: directory) {
    case .text(let classifier):
      guard model == nil else { throw ClassifierError.readsTexts(directory: directory) }
      self = .text(classifier)
    case .probe(let probe):
      self = .probe(probe, try HiddenStateEncoder(directory: model ?? probe.model))
    }
  }

  /// Reads a checkpoint.
  ///
  /// - Parameter directory: A sequence classifier in the Hugging Face layout.
  /// - Throws: What the directory lacks.
  public init(checkpoint directory: String) throws {
    self = .checkpoint(try SequenceClassifier(directory: directory))
  }

  /// The labels, and where verdicts become positive.
  public var labels: [ClassifierEvaluation.Label] {
    switch self {
    case .text(let classifier): classifier.labels.evaluated
    case .probe(let probe, _): probe.labels.evaluated
    case .checkpoint(let classifier):
      classifier.labels.map { .init(name: $0, threshold: SequenceClassifier.threshold) }
    }
  }

  /// What the classifier says.
  ///
  /// - Parameters:
  ///   - texts: None of them empty.
  ///   - progress: Told now and then how many texts are done; may throw to stop.
  /// - Returns: One verdict a text.
  /// - Throws: What `progress` throws, `ClassifierError` or `EngineError`.
  public func verdicts(
    of texts: [String], progress: (_ done: Int) throws -> Void = { _ in }
  ) throws -> [ClassifierVerdict] {
    switch self {
    case .text(let classifier):
      var verdicts: [ClassifierVerdict] = []
      for start in stride(from: 0, to: texts.count, by: 4096) {
        verdicts += classifier.verdicts(of: Array(texts[start..<min(start + 4096, texts.count)]))
        try progress(verdicts.count)
      }
      return verdicts
    case .probe(let probe, let encoder):
      return try probe.verdicts(of: encoder.vectors(of: texts, progress: progress))
    case .checkpoint(let classifier):
      return try classifier.verdicts(of: texts, progress: progress)
    }
  }
}
