/// Tells texts apart by the hidden states of a model: a linear probe, with labels that the user has.
///
/// Each number of a vector is scaled to mean 0 and deviation 1 over the texts learnt from, so that one
/// penalty suits all; each label is a logistic regression with a ``CalibratedHead``.
public struct ProbeClassifier: Sendable, Hashable {
  /// Whose hidden states they are, as the user named it.
  public let model: String
  /// The labels.
  public let labels: [TrainedLabel]
  /// The mean of each number.
  let means: [Float]
  /// Its deviation; 1 where it does not differ.
  let deviations: [Float]

  init(model: String, labels: [TrainedLabel], means: [Float], deviations: [Float]) {
    (self.model, self.labels, self.means, self.deviations) = (model, labels, means, deviations)
  }

  /// Numbers of a vector.
  public var width: Int { means.count }

  /// Trains.
  ///
  /// - Parameters:
  ///   - texts: Texts with labels, at least one.
  ///   - vectors: One a text, all of one length.
  ///   - labels: Those to learn; `nil` for all that the texts have.
  ///   - model: Whose hidden states the vectors are.
  ///   - training: How labels are fitted.
  /// - Throws: ``ClassifierError`` for a label that no text has or that is too rare, and for vectors that
  ///   are not finite.
  public init(
    _ texts: LabelledTexts, vectors: [[Double]], labels: [String]? = nil, model: String,
    training: ClassifierTraining = ClassifierTraining()
  ) throws {
    precondition(
      vectors.count == texts.texts.count, "\(vectors.count) vectors, \(texts.texts.count) texts")
    let width = try Self.width(of: vectors)
    let count = Double(vectors.count)
    var (means, squares) = (
      [Double](repeating: 0, count: width), [Double](repeating: 0, count: width)
    )
    for vector in vectors { for place in 0..<width { means[place] += vector[place] / count } }
    for vector in vectors {
      for place in 0..<width {
        let distance = vector[place] - means[place]
        squares[place] += distance * distance / count
      }
    }
    self.model = model
    self.means = means.map(Float.init)
    deviations = squares.map { $0 > 0 ? max(Float($0.squareRoot()), .leastNormalMagnitude) : 1 }
    let (scaledMeans, scaledDeviations) = (self.means, deviations)
    let rows = vectors.map { Self.scaled($0, scaledMeans, scaledDeviations) }
    self.labels = try (labels ?? texts.labels).map { name in
      let known = try texts.indices(of: name)
      return try TrainedLabel(
        name: name, rows: known.map { rows[$0] },
        outcomes: known.map { texts.texts[$0].labels[name] == true },
        groups: known.map { texts.texts[$0].group }, count: width, training: training)
    }
  }

  /// What the classifier says.
  ///
  /// - Parameter vectors: Hidden states of the model that it was trained on.
  /// - Returns: One verdict a vector.
  /// - Throws: ``ClassifierError`` for vectors of another length, or that are not finite.
  public func verdicts(of vectors: [[Double]]) throws(ClassifierError) -> [ClassifierVerdict] {
    guard !vectors.isEmpty else { return [] }
    let seen = try Self.width(of: vectors)
    guard seen == width else { throw .otherWidth(seen: seen, known: width) }
    return vectors.map { vector in
      let row = Self.scaled(vector, means, deviations)
      let probabilities = labels.map { $0.probability(of: row) }
      return ClassifierVerdict(
        probabilities: probabilities,
        positives: zip(labels, probabilities).map { $0.head.isPositive($1) })
    }
  }

  private static func scaled(
    _ vector: [Double], _ means: [Float], _ deviations: [Float]
  ) -> SparseVector {
    SparseVector(
      dense: vector.indices.map { (vector[$0] - Double(means[$0])) / Double(deviations[$0]) })
  }

  /// The length of vectors, all of which have the same one.
  private static func width(of vectors: [[Double]]) throws(ClassifierError) -> Int {
    let width = vectors[0].count
    for (index, vector) in vectors.enumerated() {
      precondition(vector.count == width, "vectors of \(width) and \(vector.count) numbers")
      guard vector.allSatisfy(\.isFinite) else { throw .notFinite(text: index + 1) }
    }
    return width
  }
}
