#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether two rates are the same, by Pearson's score test or, where counts are small, exactly.
///
///     let test = TwoProportionTest(reference: (12, of: 400), current: (31, of: 400))
///     test?.difference   // 0.0475
///     test?.pValue       // 0.003
///
/// - SeeAlso: Karl Pearson, Philosophical Magazine 50 (1900); R. A. Fisher, The Logic of Inductive
///   Inference, Journal of the Royal Statistical Society 98 (1935).
public struct TwoProportionTest: Sendable, Hashable {
  /// How the probability was computed.
  public enum Method: Sendable, Hashable {
    /// The normal law of the score, where each of the four cells expects at least 5.
    case score
    /// Fisher's exact test, which keeps the level for any counts and is conservative.
    case exact
  }

  /// The rate of the reference.
  public let referenceRate: Double
  /// The rate of the current trials.
  public let currentRate: Double
  /// How the probability was computed.
  public let method: Method
  /// The probability, were both rates the same, of counts that differ at least as much.
  public let pValue: Double

  /// Compares two rates.
  ///
  /// With p the share of all trials together, the score is
  ///
  ///     z = (p₁ − p₂)/√(p(1 − p)(1/n₁ + 1/n₂))
  ///
  /// The exact test adds up the hypergeometric probabilities of all tables with the same margins that
  /// are at most as probable as the one seen.
  ///
  /// The result is `nil` where a side has no trials.
  ///
  /// - Parameters:
  ///   - reference: How many trials of the reference succeeded, and how many there were.
  ///   - current: The same of the current trials.
  public init?(reference: (Int, of: Int), current: (Int, of: Int)) {
    for (successes, count) in [reference, current] {
      precondition(
        0 <= successes && successes <= count, "\(successes) successes in \(count) trials")
    }
    guard reference.of > 0 && current.of > 0 else { return nil }
    referenceRate = Double(reference.0) / Double(reference.of)
    currentRate = Double(current.0) / Double(current.of)
    let (first, second) = (Double(reference.of), Double(current.of))
    let successes = Double(reference.0 + current.0)
    let failures = first + second - successes
    let expected = min(first, second) * min(successes, failures) / (first + second)
    if expected < 5 {
      method = .exact
      pValue = Self.exactPValue(reference, current)
    } else {
      let share = successes / (first + second)
      let spread = (share * (1 - share) * (1 / first + 1 / second)).squareRoot()
      method = .score
      pValue = 2 * NormalDistribution.upperTail(abs(currentRate - referenceRate) / spread)
    }
  }

  /// The current rate less that of the reference.
  public var difference: Double { currentRate - referenceRate }

  private static func exactPValue(_ one: (Int, of: Int), _ other: (Int, of: Int)) -> Double {
    let successes = one.0 + other.0
    func mass(_ first: Int) -> Double {
      exp(
        logChoices(one.of, first) + logChoices(other.of, successes - first)
          - logChoices(one.of + other.of, successes))
    }
    // Tables as probable as the one seen may round to a little more.
    let limit = mass(one.0) * (1 + 1e-7)
    let tables = max(0, successes - other.of)...min(one.of, successes)
    return min(1, tables.map(mass).filter { $0 <= limit }.sorted().reduce(0, +))
  }

  private static func logChoices(_ count: Int, _ chosen: Int) -> Double {
    lgamma(Double(count) + 1).0 - lgamma(Double(chosen) + 1).0
      - lgamma(Double(count - chosen) + 1).0
  }
}
