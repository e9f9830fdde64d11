/// What length adds to scores in telling which completion was chosen: b and c in
///
///     logit P(first is chosen) = b·Δscore/s + c·Δlength/l
///
/// where s and l are the root mean squares of the differences, so that b and c can be compared. A c
/// above 0 says that judges prefer length beyond what the model grants it; below 0, that the model
/// grants it too much.
///
/// There is no constant: whichever side is called the first, exchanging both turns every sign.
public struct LengthPreference: Sendable, Hashable {
  /// b, the log odds of one root mean square of score difference.
  public let scoreCoefficient: Double
  /// c, the log odds of one root mean square of length difference.
  public let lengthCoefficient: Double
  /// The standard error of c.
  public let lengthStandardError: Double

  /// Fits on pairs.
  ///
  /// The result is `nil` where all margins or all length differences are 0.
  ///
  /// - Parameters:
  ///   - margins: Chosen score − rejected score of each pair; finite.
  ///   - lengthDifferences: Chosen length − rejected length of each pair.
  ///   - l2: λ of a penalty λ/2·(b² + c²) on the sum of losses. Above 0 it gives an answer even
  ///     where a model is right about every pair.
  /// - Throws: ``EvaluationError/separable`` where `l2` is 0 and the two tell every choice, and
  ///   ``EvaluationError/collinear`` where they are proportional.
  public init?(
    margins: [Double], lengthDifferences: [Double], l2: Double = 0.01
  ) throws(EvaluationError) {
    requireSameCount(margins.count, lengthDifferences.count, "margins and length differences")
    requireFinite(margins, "margins")
    requireFinite(lengthDifferences, "length differences")
    guard let scores = margins.scaledToUnitMeanSquare,
      let lengths = lengthDifferences.scaledToUnitMeanSquare
    else { return nil }
    let regression = try LogisticRegression(
      predictors: [scores, lengths], outcomes: margins.map { _ in 1 }, l2: l2, constant: .zero)
    scoreCoefficient = regression.coefficients[0]
    lengthCoefficient = regression.coefficients[1]
    lengthStandardError = regression.standardErrors[1]
  }

  /// c ± z standard errors.
  ///
  /// - Parameter level: Above 0 and below 1.
  /// - Returns: The normal interval of ``lengthCoefficient``.
  public func interval(level: Double = 0.95) -> ConfidenceInterval {
    let reach = NormalDistribution.twoSidedQuantile(level) * lengthStandardError
    return ConfidenceInterval(
      lower: lengthCoefficient - reach, upper: lengthCoefficient + reach, level: level)
  }
}

extension [Double] {
  /// Divided by √(Σx²/n); `nil` where all are 0.
  fileprivate var scaledToUnitMeanSquare: [Double]? {
    let square = reduce(0) { $0 + $1 * $1 } / Double(Swift.max(1, count))
    guard square > 0 else { return nil }
    return map { $0 / square.squareRoot() }
  }
}
