public import Evaluations
internal import Objectives

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What is made of a classifier's log odds: a probability that means what it says, and a verdict.
///
///     p = σ(a·z + b)        positive ⟺ p ≥ threshold
///
/// a and b are Platt's (1999), fitted on log odds of texts that the model had not seen, with his
/// targets (N₊ + 1)/(N₊ + 2) and 1/(N₋ + 2), which keep both finite where the sides do not overlap. A
/// temperature alone, b = 0, would leave ½ where it is; a penalty draws log odds towards the base rate
/// and not towards 0, and weights move them away from it, so that b is needed wherever the sides differ
/// in number.
public struct CalibratedHead: Sendable, Hashable, Codable {
  /// a, at least 0; 0 where the log odds say nothing.
  public let scale: Double
  /// b.
  public let shift: Double
  /// Where a verdict becomes positive, from 0 to 1.
  public let threshold: Double
  /// The false-positive rate that the threshold was chosen for.
  public let targetFalsePositiveRate: Double
  /// That of the held-out texts at the threshold.
  public let heldOutFalsePositiveRate: Double
  /// The share of the positive held-out texts that are found at the threshold.
  public let heldOutRecall: Double

  /// Calibrates, and chooses the lowest threshold that calls no more than a share of the negative texts
  /// positive.
  ///
  /// - Parameters:
  ///   - logits: Log odds of texts that the model was not fitted on; finite.
  ///   - outcomes: Which of them are positive; some are, and some are not.
  ///   - rate: The false-positive rate that is tolerated, above 0 and below 1.
  /// - Throws: `EvaluationError` where the fit does not converge.
  public init(
    logits: [Double], outcomes: [Bool], targetFalsePositiveRate rate: Double
  ) throws(EvaluationError) {
    let positive = Double(outcomes.count { $0 })
    let negative = Double(outcomes.count) - positive
    precondition(positive > 0 && negative > 0, "\(positive) positive, \(negative) negative texts")
    let targets = outcomes.map { $0 ? (positive + 1) / (positive + 2) : 1 / (negative + 2) }
    // Log odds that are all the same, or that go the wrong way, say nothing: the base rate is left.
    var (scale, shift) = (0.0, MidLogit.value(of: targets))
    if logits.contains(where: { $0 != logits[0] }) {
      let fit = try LogisticRegression(predictors: [logits], outcomes: targets)
      if fit.coefficients[0] > 0 { (scale, shift) = (fit.coefficients[0], fit.intercept) }
    }
    self.scale = scale
    self.shift = shift
    let probabilities = logits.map { sigmoid(scale * $0 + shift) }
    let curve = PrecisionRecallCurve(scores: probabilities, labels: outcomes)
    let point = curve.point(falsePositiveRate: rate)
    // Where even the highest probability is that of too many negative texts, nothing is positive.
    threshold = point?.threshold ?? 1
    targetFalsePositiveRate = rate
    heldOutFalsePositiveRate = Double(point?.falsePositives ?? 0) / negative
    heldOutRecall = Double(point?.truePositives ?? 0) / positive
  }

  /// The probability that log odds stand for.
  ///
  /// - Parameter logit: Log odds of the model.
  /// - Returns: From 0 to 1.
  public func probability(ofLogit logit: Double) -> Double { sigmoid(scale * logit + shift) }

  /// The verdict on a probability.
  ///
  /// - Parameter probability: What ``probability(ofLogit:)`` gives.
  /// - Returns: Whether the label is said to be true.
  public func isPositive(_ probability: Double) -> Bool { probability >= threshold }
}

/// The log odds of a mean.
private enum MidLogit {
  static func value(of shares: [Double]) -> Double {
    let share = shares.reduce(0, +) / Double(shares.count)
    return log(share) - log1p(-share)
  }
}
