#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What a classifier is worth on texts that it has not learnt from.
public struct ClassifierEvaluation: Sendable, Hashable, Codable {
  /// One a label of which a text is known.
  public var labels: [LabelEvaluation]
  /// What to know before believing the numbers.
  public var notes: [String]

  /// A label as the classifier has it.
  public struct Label: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Where verdicts become positive.
    public var threshold: Double

    /// A label.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - threshold: Where verdicts become positive, from 0 to 1.
    public init(name: String, threshold: Double) {
      (self.name, self.threshold) = (name, threshold)
    }
  }

  /// Measures verdicts.
  ///
  /// - Parameters:
  ///   - verdicts: One a text.
  ///   - labels: What the verdicts speak of, in their order.
  ///   - texts: The texts and their labels.
  ///   - lexicon: The list of words to compare with.
  ///   - rounds: How often groups are drawn for intervals of differences.
  ///   - seed: What the draws depend on.
  /// - Throws: ``ClassifierError/unknownLabel(_:known:)`` where the texts have none of the labels.
  public init(
    of verdicts: [ClassifierVerdict], labels: [Label], on texts: LabelledTexts,
    lexicon: Lexicon = .harm, rounds: Int = 1000, seed: UInt64 = 0
  ) throws(ClassifierError) {
    precondition(
      verdicts.count == texts.texts.count, "\(verdicts.count) verdicts, \(texts.texts.count) texts")
    let known = Set(texts.labels)
    guard labels.contains(where: { known.contains($0.name) }) else {
      throw .unknownLabel(labels.map(\.name).joined(separator: "', '"), known: texts.labels)
    }
    let words = inParallel(texts.texts) { lexicon.score(of: $0.text) }
    var measured: [LabelEvaluation] = []
    for (place, label) in labels.enumerated() where known.contains(label.name) {
      let rows = try texts.indices(of: label.name)
      measured.append(
        LabelEvaluation(
          label: label.name, threshold: label.threshold,
          found: LabelEvaluation.Outcomes(
            probabilities: rows.map { verdicts[$0].probabilities[place] },
            verdicts: rows.map { verdicts[$0].positives[place] },
            outcomes: rows.map { texts.texts[$0].labels[label.name] == true },
            groups: rows.map { texts.texts[$0].group }, lexicon: rows.map { words[$0] }),
          rounds: rounds, seed: seed))
    }
    self.labels = measured
    notes = texts.notes
  }

  /// The result as JSON on one line, names in snake case and sorted.
  ///
  /// - Returns: UTF-8 without a line feed.
  /// - Throws: What the encoder throws; all numbers are finite.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }

  /// Reads what ``encoded()`` has written.
  ///
  /// - Parameter data: The bytes.
  /// - Throws: What the decoder throws.
  public init(decoding data: Data) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Self.self, from: data)
  }
}

extension [TrainedLabel] {
  /// The labels as an evaluation names them.
  public var evaluated: [ClassifierEvaluation.Label] {
    map { ClassifierEvaluation.Label(name: $0.name, threshold: $0.head.threshold) }
  }
}
