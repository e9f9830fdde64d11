internal import Objectives

/// One label of a classifier: a logistic regression with its ``CalibratedHead``, and what it was made of.
public struct TrainedLabel: Sendable, Hashable {
  /// What a penalty came to on the folds that were held out.
  public struct Candidate: Sendable, Hashable, Codable {
    /// λ.
    public var l2: Double
    /// The mean of −log P(label) over held-out texts, in nats.
    public var heldOutLoss: Double
  }

  /// What the label was learnt from.
  public struct Facts: Sendable, Hashable, Codable {
    /// Texts of which the label is known.
    public var texts: Int
    /// Those of which it is true.
    public var positives: Int
    /// Groups, of which each was on one side of a split.
    public var groups: Int
    /// Parts that were held out in turn.
    public var folds: Int
    /// What the folds depend on.
    public var seed: UInt64
    /// How much the two sides count.
    public var weighting: ClassifierTraining.Weighting
    /// λ.
    public var l2: Double
    /// The penalties that were tried.
    public var candidates: [Candidate]
  }

  /// The name of the label.
  public let name: String
  /// What is made of the log odds.
  public let head: CalibratedHead
  /// What it was learnt from.
  public let facts: Facts
  /// w, one a feature, and the constant behind them: as exact as their file.
  let weights: [Float]

  /// The probability of the label.
  func probability(of row: SparseVector) -> Double {
    head.probability(ofLogit: logit(of: row))
  }

  private func logit(of row: SparseVector) -> Double {
    row.dot(weights) + Double(weights[weights.count - 1])
  }

  init(name: String, head: CalibratedHead, facts: Facts, weights: [Float]) {
    (self.name, self.head, self.facts, self.weights) = (name, head, facts, weights)
  }

  /// Chooses the penalty by held-out folds, calibrates on the same, and fits on all texts.
  ///
  /// - Parameters:
  ///   - name: The name of the label.
  ///   - rows: Features, one vector a text.
  ///   - outcomes: Of which texts it is true.
  ///   - groups: What texts must stay together.
  ///   - count: Features.
  ///   - training: How it is done.
  /// - Throws: ``ClassifierError/tooFewPrompts(label:positive:negative:)``, or what a calibration throws.
  init(
    name: String, rows: [SparseVector], outcomes: [Bool], groups: [String], count: Int,
    training: ClassifierTraining
  ) throws {
    let sides = [true, false].map { side in
      Set(groups.indices.lazy.filter { outcomes[$0] == side }.map { groups[$0] }).count
    }
    guard sides[0] >= 2, sides[1] >= 2 else {
      throw ClassifierError.tooFewPrompts(label: name, positive: sides[0], negative: sides[1])
    }
    let folds = GroupedFolds(
      groups: groups, positives: outcomes, count: training.folds, seed: training.seed)
    let fitting = Fitting(
      rows: rows, outcomes: outcomes, count: count, weighting: training.weighting)
    let tasks = training.candidates.flatMap { l2 in (0..<folds.count).map { (l2, $0) } }
    let found = inParallel(tasks) { l2, part in
      let model = fitting.model(of: rows.indices.filter { folds.fold[$0] != part }, l2: l2)
      return rows.indices.filter { folds.fold[$0] == part }.map {
        (row: $0, logit: fitting.logit(of: $0, by: model))
      }
    }
    let heldOut = training.candidates.indices.map { candidate in
      var logits = [Double](repeating: 0, count: rows.count)
      for part in found[(candidate * folds.count)..<((candidate + 1) * folds.count)] {
        for (row, logit) in part { logits[row] = logit }
      }
      return logits
    }
    let candidates = zip(training.candidates, heldOut).map { l2, logits in
      let losses = zip(logits, outcomes).map { softplus($1 ? -$0 : $0) }
      return Candidate(l2: l2, heldOutLoss: losses.reduce(0, +) / Double(losses.count))
    }
    let best =
      candidates.indices.min { candidates[$0].heldOutLoss < candidates[$1].heldOutLoss } ?? 0
    let model = fitting.model(of: Array(rows.indices), l2: candidates[best].l2)
    self.init(
      name: name,
      head: try CalibratedHead(
        logits: heldOut[best], outcomes: outcomes,
        targetFalsePositiveRate: training.targetFalsePositiveRate),
      facts: Facts(
        texts: rows.count, positives: outcomes.count { $0 }, groups: Set(groups).count,
        folds: folds.count, seed: training.seed, weighting: training.weighting,
        l2: candidates[best].l2, candidates: candidates),
      weights: fitting.weights(of: model))
  }
}

/// The data of a label, of which models are fitted to parts.
///
/// Features that no text has get the weight 0 and are left out: of hashed ones that is most of them.
private struct Fitting: Sendable {
  private let rows: [SparseVector]
  private let outcomes: [Bool]
  private let weighting: ClassifierTraining.Weighting
  /// The features that some text has, ascending.
  private let used: [Int]
  private let count: Int

  init(
    rows: [SparseVector], outcomes: [Bool], count: Int, weighting: ClassifierTraining.Weighting
  ) {
    var numbers = [Int](repeating: -1, count: count)
    for row in rows { for place in row.places { numbers[place] = 0 } }
    used = numbers.indices.filter { numbers[$0] == 0 }
    for (number, place) in used.enumerated() { numbers[place] = number }
    self.rows = rows.map { $0.renumbered(numbers) }
    self.outcomes = outcomes
    self.weighting = weighting
    self.count = count
  }

  /// The log odds that a model gives a text.
  func logit(of row: Int, by model: SparseLogisticRegression) -> Double {
    model.logit(of: rows[row])
  }

  /// The weights of all features, and the constant behind them.
  func weights(of model: SparseLogisticRegression) -> [Float] {
    var weights = [Float](repeating: 0, count: count + 1)
    for (place, weight) in zip(used, model.weights) { weights[place] = Float(weight) }
    weights[count] = Float(model.intercept)
    return weights
  }

  func model(of part: [Int], l2: Double) -> SparseLogisticRegression {
    let positives = part.count { outcomes[$0] }
    let counts: [Double]? =
      switch weighting {
      case .equal: nil
      case .balanced:
        part.map { 1 / Double(outcomes[$0] ? positives : part.count - positives) }
      }
    // Finer than what tells two penalties apart, and coarser than what takes twice the time.
    return SparseLogisticRegression(
      rows: part.map { rows[$0] }, labels: part.map { outcomes[$0] ? 1 : 0 }, counts: counts,
      count: used.count, l2: l2, tolerance: 1e-5)
  }
}
