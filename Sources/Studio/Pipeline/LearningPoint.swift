public import Evaluations

/// What a reward model is worth that has learned from so many choices.
public struct LearningPoint: Sendable, Hashable {
  /// The choices that it has learned from.
  public var comparisons: Int
  /// The held-out pairs, judged without error, whose better side it scores higher.
  public var correct: Int
  /// The held-out pairs.
  public var heldOut: Int
  /// Its run directory.
  public var directory: String

  /// A point of the curve.
  ///
  /// - Parameters:
  ///   - comparisons: The choices that it has learned from.
  ///   - correct: The held-out pairs that it gets right.
  ///   - heldOut: The held-out pairs, at least 1.
  ///   - directory: Its run directory.
  public init(comparisons: Int, correct: Int, heldOut: Int, directory: String) {
    self.comparisons = comparisons
    self.correct = correct
    self.heldOut = heldOut
    self.directory = directory
  }

  /// The share that it gets right.
  public var accuracy: Proportion { Proportion(successes: Double(correct), count: heldOut) }
}
