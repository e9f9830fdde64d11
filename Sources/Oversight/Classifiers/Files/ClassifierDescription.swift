/// What `classifier.json` says.
struct ClassifierDescription: Codable {
  /// A label without its weights.
  struct Label: Codable {
    var name: String
    var calibration: CalibratedHead
    var training: TrainedLabel.Facts
  }

  /// What a classifier of texts is made of.
  struct Text: Codable {
    var buckets: Int
    var lexicons: [Lexicon]
    var lexiconUse: TextClassifier.LexiconUse
  }

  /// What a probe is made of.
  struct Probe: Codable {
    var model: String
    var width: Int
  }

  /// What the file of weights holds.
  struct Weights: Codable {
    var count: Int
    var checksum: String
  }

  var format: Int
  var kind: ClassifierKind
  var labels: [Label]
  var text: Text?
  var probe: Probe?
  var weights: Weights

  init(_ classifier: SavedClassifier, count: Int, checksum: String) {
    format = SavedClassifier.format
    kind = classifier.kind
    labels = classifier.labels.map {
      Label(name: $0.name, calibration: $0.head, training: $0.facts)
    }
    weights = Weights(count: count, checksum: checksum)
    switch classifier {
    case .text(let classifier):
      text = Text(
        buckets: classifier.features.hashed.buckets, lexicons: classifier.features.lexicons,
        lexiconUse: classifier.lexiconUse)
    case .probe(let classifier):
      probe = Probe(model: classifier.model, width: classifier.width)
    }
  }

  /// Weights of a label, without its constant; `nil` where the parts do not belong together.
  private var features: Int? {
    switch kind {
    case .text:
      guard let text, text.buckets > 0, text.buckets & (text.buckets - 1) == 0,
        text.lexiconUse == .feature || (labels.count == 1 && !text.lexicons.isEmpty)
      else { return nil }
      return text.buckets + text.lexicons.count
    case .probe:
      guard let probe, probe.width > 0 else { return nil }
      return probe.width
    }
  }

  /// Whether a classifier can be made of it.
  var isConsistent: Bool {
    guard let features, !labels.isEmpty else { return false }
    let further = kind == .probe ? 2 * features : 0
    return weights.count == labels.count * (features + 1) + further
  }

  /// The classifier with its numbers.
  func classifier(with numbers: [Float]) -> SavedClassifier {
    guard let features else { preconditionFailure("a description without parts") }
    let trained = labels.enumerated().map { place, label in
      let start = place * (features + 1)
      return TrainedLabel(
        name: label.name, head: label.calibration, facts: label.training,
        weights: Array(numbers[start..<(start + features + 1)]))
    }
    if let text, kind == .text {
      return .text(
        TextClassifier(
          features: TextFeatures(
            hashed: HashedText(buckets: text.buckets), lexicons: text.lexicons),
          lexiconUse: text.lexiconUse, labels: trained))
    }
    let further = numbers[(labels.count * (features + 1))...]
    return .probe(
      ProbeClassifier(
        model: probe?.model ?? "", labels: trained, means: Array(further.prefix(features)),
        deviations: Array(further.suffix(features))))
  }
}
