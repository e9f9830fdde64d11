public import PreferenceData

/// Texts with labels, from files.
public struct LabelledTexts: Sendable {
  /// The usable texts in order.
  public let texts: [LabelledText]
  /// The rows that were left out.
  public let dropped: DroppedRows

  /// Known texts.
  ///
  /// - Parameters:
  ///   - texts: The usable texts in order.
  ///   - dropped: The rows that were left out.
  public init(_ texts: [LabelledText], dropped: DroppedRows = DroppedRows()) {
    (self.texts, self.dropped) = (texts, dropped)
  }

  /// The names of all labels, in the order of the alphabet.
  public var labels: [String] { Set(texts.flatMap(\.labels.keys)).sorted() }

  /// What to know of the labels before believing what is learnt from them.
  public var notes: [String] {
    let weak = texts.count { $0.origin == .preference }
    guard weak > 0 else { return [] }
    return [
      "\(weak) of \(texts.count) texts are labelled by a preference alone, a weak label: of a pair "
        + "both can be harmful, or neither"
    ]
  }

  /// The texts of which a label is known.
  ///
  /// - Parameter label: Its name.
  /// - Returns: Their indices, ascending.
  /// - Throws: ``ClassifierError/unknownLabel(_:known:)``
  public func indices(of label: String) throws(ClassifierError) -> [Int] {
    let indices = texts.indices.filter { texts[$0].labels[label] != nil }
    guard !indices.isEmpty else { throw .unknownLabel(label, known: labels) }
    return indices
  }

  /// A part to train on and a part to test on, all texts of a group on one side.
  ///
  /// - Parameters:
  ///   - testShare: The part to test on, above 0 and below 1.
  ///   - seed: The same seed gives the same split.
  /// - Returns: The two parts.
  public func split(
    testShare: Double, seed: UInt64
  ) -> (training: LabelledTexts, test: LabelledTexts) {
    let split = DatasetSplit(groups: texts.map(\.group), fraction: testShare, seed: seed)
    return (
      LabelledTexts(split.training.map { texts[$0] }, dropped: dropped),
      LabelledTexts(split.heldOut.map { texts[$0] })
    )
  }
}
