/// Tells texts apart by their words and letters, with labels that the user has: no model is downloaded,
/// and thousands of texts take a second.
///
///     let classifier = try TextClassifier(texts, lexicons: [.harm])
///     let verdict = classifier.verdicts(of: ["How do I pick a lock?"])[0]
///     verdict.probabilities[0]  // that the first label is true, calibrated
///
/// Each label is a logistic regression of ``TextFeatures`` with a ``CalibratedHead``.
public struct TextClassifier: Sendable, Hashable {
  /// What a match of a lexicon does.
  public enum LexiconUse: String, Sendable, Hashable, Codable {
    /// It is a feature among others.
    case feature
    /// It makes the verdict positive whatever the probability. Only for classifiers of one label.
    case floor
  }

  /// What is seen of a text.
  public let features: TextFeatures
  /// What a match of a lexicon does.
  public let lexiconUse: LexiconUse
  /// The labels.
  public let labels: [TrainedLabel]

  init(features: TextFeatures, lexiconUse: LexiconUse, labels: [TrainedLabel]) {
    (self.features, self.lexiconUse, self.labels) = (features, lexiconUse, labels)
  }

  /// Trains.
  ///
  /// - Parameters:
  ///   - texts: Texts with labels.
  ///   - labels: Those to learn; `nil` for all that the texts have.
  ///   - features: What is seen of a text.
  ///   - lexiconUse: What a match of a lexicon does.
  ///   - training: How labels are fitted.
  /// - Throws: ``ClassifierError`` for a label that no text has or that is too rare.
  public init(
    _ texts: LabelledTexts, labels: [String]? = nil, features: TextFeatures = TextFeatures(),
    lexiconUse: LexiconUse = .feature, training: ClassifierTraining = ClassifierTraining()
  ) throws {
    let names = labels ?? texts.labels
    precondition(
      lexiconUse == .feature || (names.count == 1 && !features.lexicons.isEmpty),
      "a floor is a lexicon's, under one label")
    let rows = inParallel(texts.texts) { features.vector(of: $0.text) }
    self.init(
      features: features, lexiconUse: lexiconUse,
      labels: try names.map { name in
        let known = try texts.indices(of: name)
        return try TrainedLabel(
          name: name, rows: known.map { rows[$0] },
          outcomes: known.map { texts.texts[$0].labels[name] == true },
          groups: known.map { texts.texts[$0].group }, count: features.count, training: training)
      })
  }

  /// What the classifier says.
  ///
  /// - Parameter texts: Any texts.
  /// - Returns: One verdict a text.
  public func verdicts(of texts: [String]) -> [ClassifierVerdict] {
    let part = 256
    let parts = stride(from: 0, to: texts.count, by: part).map {
      Array(texts[$0..<min($0 + part, texts.count)])
    }
    return inParallel(parts) { $0.map(verdict) }.flatMap(\.self)
  }

  private func verdict(of text: String) -> ClassifierVerdict {
    let (vector, matches) = features.read(text)
    let probabilities = labels.map { $0.probability(of: vector) }
    let isCaught = lexiconUse == .floor && !matches.isEmpty
    return ClassifierVerdict(
      probabilities: probabilities,
      positives: zip(labels, probabilities).map { isCaught || $0.head.isPositive($1) },
      matches: matches.map(\.phrase))
  }
}
