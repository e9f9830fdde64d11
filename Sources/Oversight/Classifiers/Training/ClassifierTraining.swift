/// How a classifier is fitted, calibrated and given its threshold.
public struct ClassifierTraining: Sendable, Hashable {
  /// Where λ of the logistic regression comes from.
  public enum Penalty: Sendable, Hashable {
    /// It is given.
    case given(Double)
    /// The one among these whose models give held-out folds the highest probability.
    case crossValidated([Double])
  }

  /// How much the two sides of a label count.
  public enum Weighting: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every text the same.
    case equal
    /// Both sides the same together, however few texts one has.
    case balanced
  }

  /// λ; all above 0.
  public var penalty: Penalty
  /// How much the two sides count.
  public var weighting: Weighting
  /// The share of the texts without a label that may be said to have it; above 0 and below 1.
  public var targetFalsePositiveRate: Double
  /// Parts that are held out in turn, at least 2; there are fewer where there are fewer prompts.
  public var folds: Int
  /// What the folds depend on.
  public var seed: UInt64

  /// Settings.
  ///
  /// - Parameters:
  ///   - penalty: λ, or those to choose from; all above 0.
  ///   - weighting: How much the two sides count.
  ///   - targetFalsePositiveRate: The share of the texts without a label that may be said to have it.
  ///   - folds: Parts that are held out in turn, at least 2.
  ///   - seed: What the folds depend on.
  public init(
    penalty: Penalty = .crossValidated([1e-2, 1e-3, 1e-4]), weighting: Weighting = .equal,
    targetFalsePositiveRate: Double = 0.05, folds: Int = 5, seed: UInt64 = 0
  ) {
    precondition(folds >= 2, "\(folds) folds")
    precondition(
      0 < targetFalsePositiveRate && targetFalsePositiveRate < 1,
      "a false-positive rate of \(targetFalsePositiveRate)")
    self.penalty = penalty
    self.weighting = weighting
    self.targetFalsePositiveRate = targetFalsePositiveRate
    self.folds = folds
    self.seed = seed
  }

  /// Those to choose from.
  var candidates: [Double] {
    switch penalty {
    case .given(let l2): [l2]
    case .crossValidated(let candidates): candidates
    }
  }
}
