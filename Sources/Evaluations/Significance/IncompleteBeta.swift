#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The regularized incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable is at
/// most x. Logarithms, so that neither tail is lost where it is far below the smallest number.
///
/// - SeeAlso: NIST Digital Library of Mathematical Functions, 8.17.22, for the continued fraction; W. J.
///   Lentz, Generating Bessel Functions in Mie Scattering Calculations Using Continued Fractions, Applied
///   Optics 15 (1976), for its evaluation.
package enum IncompleteBeta {
  /// ln I_x(a, b).
  ///
  /// - Parameters:
  ///   - x: Above 0 and below 1.
  ///   - a: Above 0.
  ///   - b: Above 0.
  /// - Returns: At most 0.
  package static func logLower(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(0 < x && x < 1 && a > 0 && b > 0, "I_\(x)(\(a), \(b))")
    // Only below this place does the fraction converge fast; above it, the other tail is.
    if x <= (a + 1) / (a + b + 2) { return logTail(x, a, b) }
    return logOneMinusExp(logTail(1 - x, b, a))
  }

  /// ln(1 − I_x(a, b)).
  ///
  /// - Parameters:
  ///   - x: Above 0 and below 1.
  ///   - a: Above 0.
  ///   - b: Above 0.
  /// - Returns: At most 0.
  package static func logUpper(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(0 < x && x < 1 && a > 0 && b > 0, "I_\(x)(\(a), \(b))")
    if x > (a + 1) / (a + b + 2) { return logTail(1 - x, b, a) }
    return logOneMinusExp(logTail(x, a, b))
  }

  /// ln B(a, b), of the complete function.
  ///
  /// - Parameters:
  ///   - a: Above 0.
  ///   - b: Above 0.
  /// - Returns: The logarithm.
  package static func logBeta(_ a: Double, _ b: Double) -> Double {
    lgamma(a).0 + lgamma(b).0 - lgamma(a + b).0
  }

  /// ln I_x(a, b) = a·ln x + b·ln(1 − x) − ln a − ln B(a, b) − ln(1 + d₁/(1 + d₂/(1 + …))).
  private static func logTail(_ x: Double, _ a: Double, _ b: Double) -> Double {
    a * log(x) + b * log1p(-x) - log(a) - logBeta(a, b) - log(fraction(x, a, b))
  }

  /// 1 + d₁/(1 + d₂/(1 + …)), from the front.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    // In place of a 0, from which the next step recovers.
    let tiny = 1e-300
    var (value, numerator, denominator) = (1.0, 1.0, 0.0)
    // About √max(a, b) steps are needed.
    for step in 1...100_000 {
      let term = coefficient(step, x, a, b)
      denominator = 1 + term * denominator
      if abs(denominator) < tiny { denominator = tiny }
      denominator = 1 / denominator
      numerator = 1 + term / numerator
      if abs(numerator) < tiny { numerator = tiny }
      let factor = numerator * denominator
      value *= factor
      if abs(factor - 1) < 1e-16 { break }
    }
    return value
  }

  /// d_{2m} = m(b − m)x/((a + 2m − 1)(a + 2m)), d_{2m+1} = −(a + m)(a + b + m)x/((a + 2m)(a + 2m + 1)).
  private static func coefficient(_ step: Int, _ x: Double, _ a: Double, _ b: Double) -> Double {
    let m = Double(step / 2)
    return step.isMultiple(of: 2)
      ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
  }

  /// ln(1 − eˣ) for x < 0, without loss near either end.
  private static func logOneMinusExp(_ x: Double) -> Double {
    x > -0.6931 ? log(-expm1(x)) : log1p(-exp(x))
  }
}
