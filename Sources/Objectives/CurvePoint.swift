/// A function of one number at one place: what it is there, and how fast it changes.
struct CurvePoint: Equatable, Sendable {
  /// f(x).
  var value: Double
  /// f′(x).
  var slope: Double
}

/// `number` · `factor`, where a factor of exactly 0 wins over an infinite number.
///
/// The factors that vanish here do so exponentially, and what they multiply grows linearly, so the
/// limit is 0 where IEEE arithmetic has NaN. A NaN is passed on all the same.
func damped(_ number: Double, by factor: Double) -> Double {
  factor == 0 && !number.isNaN ? 0 : number * factor
}

/// −(1 − ε) log σ(z) − ε log σ(−z), the logistic loss with label smoothing ε, by its logit z.
///
/// Its derivative −(1 − ε) σ(−z) + ε σ(z) equals σ(z) − (1 − ε), but in that form a pair that is
/// already well separated would lose all digits of its gradient.
///
/// - Parameters:
///   - logit: z, positive when the judgment is met.
///   - epsilon: The probability that the judgment is the wrong way round.
/// - Returns: The loss and its derivative by z.
func logisticLoss(_ logit: Double, labelSmoothing epsilon: Double = 0) -> CurvePoint {
  CurvePoint(
    value: -(1 - epsilon) * logSigmoid(logit) - damped(logSigmoid(-logit), by: epsilon),
    slope: -(1 - epsilon) * sigmoid(-logit) + epsilon * sigmoid(logit))
}
