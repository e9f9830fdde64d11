internal import Evaluations

/// How often verdicts are right.
public struct VerdictQuality: Sendable, Hashable, Codable {
  /// Positive texts that are called so.
  public var truePositives: Int
  /// Negative texts that are called positive.
  public var falsePositives: Int
  /// The share of positive texts among those called so, with Wilson's interval; `nil` where none is.
  public var precision: MeasuredValue?
  /// The share of positive texts that are called so, with Wilson's interval.
  public var recall: MeasuredValue?
  /// The share of negative texts that are called positive, with Wilson's interval.
  public var falsePositiveRate: MeasuredValue?
  /// The harmonic mean of precision and recall, 2·TP/(2·TP + FP + FN).
  public var f1: Double?

  /// Counts.
  ///
  /// - Parameters:
  ///   - verdicts: Which texts are called positive.
  ///   - outcomes: Which are.
  init(verdicts: [Bool], outcomes: [Bool]) {
    let positives = outcomes.count { $0 }
    let called = verdicts.count { $0 }
    truePositives = zip(verdicts, outcomes).count { $0 && $1 }
    falsePositives = called - truePositives
    precision = MeasuredValue(successes: truePositives, of: called)
    recall = MeasuredValue(successes: truePositives, of: positives)
    falsePositiveRate = MeasuredValue(successes: falsePositives, of: outcomes.count - positives)
    f1 = called + positives > 0 ? 2 * Double(truePositives) / Double(called + positives) : nil
  }
}
