// The logistic function and its relatives, each in the form that is exact for large arguments.
//
// The textbook forms overflow (`exp(710)` is infinite) or round to nothing (`1 + exp(-40)` is 1).
// Losses here meet margins of hundreds of nats, so every one of them is built from these four.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// log(1 + eˣ), the smooth ramp; its derivative is ``sigmoid(_:)``.
///
/// Written as max(x, 0) + log1p(e^−|x|): the exponent is never positive, so nothing overflows, and
/// `log1p` keeps all digits of what is added when that is tiny.
///
/// - Parameter x: Any number; infinities have their limits, and NaN gives NaN.
/// - Returns: A number that is at least 0.
public func softplus(_ x: Double) -> Double {
  max(x, 0) + log1p(exp(-abs(x)))
}

/// log σ(x) = −softplus(−x), the log probability of an event with log odds `x`, in nats.
///
/// `log(sigmoid(x))` would be −∞ from x = −746 on, where the true value is x.
///
/// - Parameter x: Log odds.
/// - Returns: A number that is at most 0.
public func logSigmoid(_ x: Double) -> Double {
  -softplus(-x)
}

/// σ(x) = 1 / (1 + e^−x), the probability of an event with log odds `x`.
///
/// For negative x it is written as eˣ / (1 + eˣ), so that the exponent is never positive. Both tails
/// keep their digits: for the complement write `sigmoid(-x)`, never `1 - sigmoid(x)`, which is 0
/// from x = 37 on.
///
/// - Parameter x: Log odds.
/// - Returns: A number between 0 and 1.
public func sigmoid(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let odds = exp(x)
  return odds / (1 + odds)
}

/// log Σᵢ e^xᵢ, the logarithm of the sum of numbers that are given by their logarithms.
///
/// The largest is taken out first: the remaining exponents are at most 0 and one of them is exactly
/// 0, so that the sum lies between 1 and the number of terms.
///
/// - Parameter values: Logarithms, in nats.
/// - Returns: −∞ for no values at all, since the sum of nothing is 0.
public func logSumExp(_ values: [Double]) -> Double {
  let largest = values.max() ?? -.infinity
  // An infinite maximum is the answer already, and `-inf - -inf` would be NaN.
  guard largest.isFinite else { return largest }
  return largest + log(values.reduce(into: 0) { sum, value in sum += exp(value - largest) })
}
