public import Oversight

/// What a check says of a text.
public struct SafetyReading: Sendable, Hashable {
  /// The probability that the text is bad, from 0 to 1.
  public var probability: Double
  /// Whether that is as much as is tolerated.
  public var isPositive: Bool
  /// The phrases of lexicons that the text has.
  public var matches: [String]

  /// What a check says.
  ///
  /// - Parameters:
  ///   - probability: The probability that the text is bad, from 0 to 1.
  ///   - isPositive: Whether that is as much as is tolerated.
  ///   - matches: The phrases of lexicons that the text has.
  public init(probability: Double, isPositive: Bool, matches: [String] = []) {
    (self.probability, self.isPositive, self.matches) = (probability, isPositive, matches)
  }
}

/// Something that reads along: a classifier of texts, which any thread may ask, or one that asks a model,
/// which says itself where it runs.
///
///     let check = try SafetyCheck(of: policy.classifiers[0], folder: "conf") { model, texts in
///       try await engine.hiddenStates(of: texts, by: model)
///     }
public struct SafetyCheck: Sendable {
  /// Hidden states of a model, one vector a text: what a probe reads.
  ///
  /// - Parameters:
  ///   - model: The model that the probe was trained on, as it was named then.
  ///   - texts: Not empty.
  public typealias HiddenStates =
    @Sendable (_ model: String, _ texts: [String]) async throws -> [[Double]]

  /// What verdicts call it.
  public let name: String
  /// What it reads of an answer.
  public let reads: SafetyPolicy.Classifier.Reading
  /// Reads texts: one reading a text.
  public let readings: @Sendable (_ texts: [String]) async throws -> [SafetyReading]

  /// A check.
  ///
  /// - Parameters:
  ///   - name: What verdicts call it.
  ///   - reads: What it reads of an answer.
  ///   - readings: Reads texts: one reading a text.
  public init(
    _ name: String, reads: SafetyPolicy.Classifier.Reading = .answer,
    readings: @escaping @Sendable (_ texts: [String]) async throws -> [SafetyReading]
  ) {
    (self.name, self.reads, self.readings) = (name, reads, readings)
  }

  /// A saved classifier as a policy names it.
  ///
  /// - Parameters:
  ///   - settings: What the policy says.
  ///   - folder: What a path that does not begin with `/` is counted from; empty for the working folder.
  ///   - hiddenStates: Asks a model for a probe.
  /// - Throws: `ClassifierError` where there is none that can be read, ``SafetyPolicyError`` where it does
  ///   not have the label.
  public init(
    of settings: SafetyPolicy.Classifier, folder: String = "",
    hiddenStates: @escaping HiddenStates
  ) throws {
    let path =
      settings.path.hasPrefix("/") || folder.isEmpty
      ? settings.path : "\(folder)/\(settings.path)"
    try self.init(
      SavedClassifier(directory: path), as: settings, named: path, hiddenStates: hiddenStates)
  }

  /// A classifier as a policy names it.
  ///
  /// - Parameters:
  ///   - classifier: The classifier.
  ///   - settings: What the policy says.
  ///   - path: What errors call it.
  ///   - hiddenStates: Asks a model for a probe.
  /// - Throws: ``SafetyPolicyError`` where it does not have the label.
  public init(
    _ classifier: SavedClassifier, as settings: SafetyPolicy.Classifier, named path: String,
    hiddenStates: @escaping HiddenStates
  ) throws(SafetyPolicyError) {
    let names = classifier.labels.map(\.name)
    guard settings.label != nil || names.count == 1 else {
      throw .severalLabels(names, path: path)
    }
    guard let place = names.firstIndex(of: settings.label ?? names[0]) else {
      throw .unknownLabel(settings.label ?? "", known: names, path: path)
    }
    let threshold = settings.threshold
    @Sendable func reading(_ verdict: ClassifierVerdict) -> SafetyReading {
      let probability = verdict.probabilities[place]
      return SafetyReading(
        probability: probability,
        // A threshold of the policy's own leaves the floor of a lexicon where it is.
        isPositive: threshold.map {
          probability >= $0
            || verdict.positives[place] && !verdict.matches.isEmpty
              && classifier.hasFloor
        } ?? verdict.positives[place], matches: verdict.matches)
    }
    self.init(settings.title, reads: settings.reads) { texts in
      switch classifier {
      case .text(let classifier): classifier.verdicts(of: texts).map(reading)
      case .probe(let probe):
        try probe.verdicts(of: try await hiddenStates(probe.model, texts)).map(reading)
      }
    }
  }
}

extension SavedClassifier {
  /// Whether a match of a lexicon makes the verdict positive whatever the probability.
  fileprivate var hasFloor: Bool {
    switch self {
    case .text(let classifier): classifier.lexiconUse == .floor
    case .probe: false
    }
  }
}
