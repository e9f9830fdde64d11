#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), by a power series
/// below a + 1 and a continued fraction above.
///
/// - SeeAlso: NIST Digital Library of Mathematical Functions, 8.7.1 for the series and 8.9.2 for the
///   fraction; W. J. Lentz, Applied Optics 15 (1976), for its evaluation.
enum IncompleteGamma {
  /// Q(a, x) = ∫ from x to ∞ of tᵃ⁻¹·e⁻ᵗ dt/Γ(a), for a above 0 and x at least 0.
  static func upper(_ a: Double, _ x: Double) -> Double {
    precondition(a > 0 && x >= 0, "Q(\(a), \(x))")
    guard x > 0 else { return 1 }
    return x < a + 1 ? 1 - series(a, x) : factor(a, x) * fraction(a, x)
  }

  /// xᵃ·e⁻ˣ/Γ(a).
  private static func factor(_ a: Double, _ x: Double) -> Double {
    exp(a * log(x) - x - lgamma(a).0)
  }

  /// P(a, x) = xᵃ·e⁻ˣ/Γ(a)·(1/a + x/(a(a + 1)) + x²/(a(a + 1)(a + 2)) + …).
  private static func series(_ a: Double, _ x: Double) -> Double {
    var (term, sum, next) = (1 / a, 1 / a, a)
    // About √a terms are needed: the quotient of two, x/(a + k), is hardly below 1 at first.
    while term > 1e-17 * sum {
      next += 1
      term *= x / next
      sum += term
    }
    return factor(a, x) * sum
  }

  /// 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))), from the front.
  private static func fraction(_ a: Double, _ x: Double) -> Double {
    // In place of a 0, from which the next step recovers.
    let tiny = 1e-300
    var middle = x + 1 - a
    var (numerator, denominator) = (1 / tiny, 1 / max(middle, tiny))
    var value = denominator
    for step in 1...100_000 {
      let term = -Double(step) * (Double(step) - a)
      middle += 2
      denominator = term * denominator + middle
      if abs(denominator) < tiny { denominator = tiny }
      denominator = 1 / denominator
      numerator = middle + term / numerator
      if abs(numerator) < tiny { numerator = tiny }
      value *= numerator * denominator
      if abs(numerator * denominator - 1) < 1e-16 { break }
    }
    return value
  }
}
