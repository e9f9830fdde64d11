#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The greatest distance of two empirical distribution functions, D = sup|F − G|.
///
/// - SeeAlso: J. L. Hodges, The Significance Probability of the Smirnov Two-Sample Test, Arkiv för
///   Matematik 3 (1958); Gunar Schröer and Dietrich Trenkler, Exact and Randomization Distributions
///   of Kolmogorov–Smirnov Tests Two or Three Samples, Computational Statistics & Data Analysis 20
///   (1995), for ties.
public struct KolmogorovSmirnov: Sendable, Hashable {
  /// What is made of numbers that occur more than once.
  public enum Ties: Sendable, Hashable {
    /// The probability is of samples drawn from just the numbers seen, ties among them: exact.
    case conditional
    /// The probability is as without ties, as SciPy has it. With ties it is too great, so that it
    /// errs to the safe side: of ratings from 1 to 5 it hardly sees a drift.
    case continuous
  }

  /// How the probability was computed.
  public enum Method: Sendable, Hashable {
    /// By counting orders, for n·m up to ``exactLimit``.
    case exact
    /// By Kolmogorov's limit law of √(nm/(n + m))·D, in which ties always count as
    /// ``Ties/continuous``.
    case asymptotic
  }

  /// Up to this product of both sizes the probability is exact: 1,000,000.
  public static let exactLimit = 1_000_000

  /// D, from 0 to 1.
  public let statistic: Double
  /// How the probability was computed.
  public let method: Method
  /// The probability of at least this D without drift.
  public let pValue: Double

  /// Compares two samples.
  ///
  /// The result is `nil` where a sample has no numbers.
  ///
  /// - Parameters:
  ///   - reference: Finite numbers.
  ///   - current: Finite numbers.
  ///   - ties: What is made of numbers that occur more than once.
  public init?(reference: [Double], current: [Double], ties: Ties = .conditional) {
    let (first, second) = (SortedSample(reference).values, SortedSample(current).values)
    guard !first.isEmpty && !second.isEmpty else { return nil }
    let walk = Self.walk(first, second)
    let (n, m) = (Double(first.count), Double(second.count))
    statistic = Double(walk.gap) / (n * m)
    if first.count * second.count <= Self.exactLimit {
      let ends =
        ties == .conditional ? walk.ends : [Bool](repeating: true, count: walk.ends.count)
      method = .exact
      pValue = Self.exactPValue(first.count, second.count, gap: walk.gap, ends: ends)
    } else {
      method = .asymptotic
      pValue = Self.limit((n * m / (n + m)).squareRoot() * statistic)
    }
  }

  /// The greatest |i·m − j·n| after i and j numbers of the samples, and after how many numbers a
  /// greater one follows.
  private static func walk(_ first: [Double], _ second: [Double]) -> (gap: Int, ends: [Bool]) {
    var ends = [Bool](repeating: false, count: first.count + second.count + 1)
    var (gap, i, j) = (0, 0, 0)
    while i < first.count || j < second.count {
      let value = min(
        i < first.count ? first[i] : .infinity, j < second.count ? second[j] : .infinity)
      while i < first.count && first[i] == value { i += 1 }
      while j < second.count && second[j] == value { j += 1 }
      ends[i + j] = true
      gap = max(gap, abs(i * second.count - j * first.count))
    }
    return (gap, ends)
  }

  /// The share of all orders of n and m numbers that somewhere reach the gap.
  ///
  /// Of the orders of i and j numbers, i/(i + j) end with one of the first sample; those that have
  /// reached the gap are all of them where (i, j) itself does, and else come from (i − 1, j) and
  /// (i, j − 1). To count these and not the others keeps small probabilities to their last digits.
  private static func exactPValue(_ n: Int, _ m: Int, gap: Int, ends: [Bool]) -> Double {
    guard gap > 0 else { return 1 }
    // The shares of all j for the last i.
    var shares = [Double](repeating: 0, count: m + 1)
    for i in 0...n {
      for j in 0...m where i + j > 0 {
        if ends[i + j] && abs(i * m - j * n) >= gap {
          shares[j] = 1
        } else {
          let before = j > 0 ? Double(j) * shares[j - 1] : 0
          shares[j] = (Double(i) * shares[j] + before) / Double(i + j)
        }
      }
    }
    return min(1, shares[m])
  }

  /// P(K > λ) = 2·Σ(−1)ᵏ⁻¹·exp(−2k²λ²), and for small λ the same as 1 − √(2π)/λ·Σ exp(−(2k −
  /// 1)²π²/(8λ²)), which then converges where the first does not.
  private static func limit(_ lambda: Double) -> Double {
    guard lambda > 0 else { return 1 }
    if lambda < 1 {
      let sum = (1...10).reduce(0.0) { sum, k in
        let odd = Double(2 * k - 1) * Double.pi / lambda
        return sum + exp(-odd * odd / 8)
      }
      return max(0, 1 - (2 * Double.pi).squareRoot() / lambda * sum)
    }
    let sum = (1...10).reversed().reduce(0.0) { sum, k in
      let term = exp(-2 * Double(k * k) * lambda * lambda)
      return k.isMultiple(of: 2) ? sum - term : sum + term
    }
    return min(1, 2 * sum)
  }
}
