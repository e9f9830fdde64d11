import Objectives

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How often one side would be preferred if both were as long: AlpacaEval's length-controlled win rate in
/// its minimal form,
///
///     logit P(own is preferred) = θ + φ·tanh((l_other − l_own)/s)
///
/// with s the sample deviation of length differences, and σ(θ) as the win rate. Exchanging both sides turns
/// θ, and so the two win rates add to 1.
///
/// Where one side is always preferred, θ is infinite and the win rate 0 or 1. Where all lengths are equal in
/// pairs there is nothing to control for, and it is the mean preference.
///
/// - SeeAlso: Yann Dubois et al., Length-Controlled AlpacaEval, arXiv:2404.04475. Theirs also has a term for
///   how hard a prompt is, which needs other models' results, and a penalty.
public struct LengthControlledWinRate: Sendable, Hashable {
  /// σ(θ).
  public let value: Double
  /// φ: above 0, being shorter helped; below 0, being longer did. `nil` where it was not fitted.
  public let lengthCoefficient: Double?

  /// Fits. The result is `nil` for no comparison, and where preferences do not determine it: lengths differ by
  /// the same everywhere, or tell all preferences apart.
  ///
  /// - Parameters:
  ///   - preferences: 1 where the own completion was preferred, ½ for a tie, 0 where the other was; fractions
  ///     are a judge's probabilities.
  ///   - lengthDifferences: Own length − the other's of each comparison, in any unit; finite.
  public init?(preferences: [Double], lengthDifferences: [Double]) {
    requireSameCount(preferences.count, lengthDifferences.count, "preferences and lengths")
    precondition(preferences.allSatisfy((0...1).contains), "preferences are from 0 to 1")
    requireFinite(lengthDifferences, "length differences")
    guard let mean = MeanVariance(preferences).mean else { return nil }
    let isDecided = preferences.allSatisfy { $0 == preferences[0] && ($0 == 0 || $0 == 1) }
    if isDecided || lengthDifferences.allSatisfy({ $0 == 0 }) {
      (value, lengthCoefficient) = (mean, nil)
      return
    }
    guard let scale = MeanVariance(lengthDifferences).deviation(.sample), scale > 0,
      let fit = try? LogisticRegression(
        predictors: [lengthDifferences.map { tanh(-$0 / scale) }], outcomes: preferences)
    else { return nil }
    value = sigmoid(fit.intercept)
    lengthCoefficient = fit.coefficients[0]
  }
}
