#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The number of successes in independent trials of equal probability.
public struct BinomialDistribution: Sendable, Hashable {
  /// How many trials there are.
  public let trials: Int
  /// The probability of success of each.
  public let probability: Double

  /// A distribution.
  ///
  /// - Parameters:
  ///   - trials: At least 0.
  ///   - probability: From 0 to 1.
  public init(trials: Int, probability: Double) {
    precondition(trials >= 0, "\(trials) trials")
    precondition((0...1).contains(probability), "a probability of \(probability)")
    self.trials = trials
    self.probability = probability
  }

  /// P(X = k), as e to the sum of logarithms: binomial coefficients overflow from 1,030 trials on.
  ///
  /// - Parameter successes: k; outside 0 to n the probability is 0.
  /// - Returns: From 0 to 1.
  public func mass(_ successes: Int) -> Double {
    guard (0...trials).contains(successes) else { return 0 }
    if probability == 0 { return successes == 0 ? 1 : 0 }
    if probability == 1 { return successes == trials ? 1 : 0 }
    let (n, k) = (Double(trials), Double(successes))
    let choices = logFactorial(n) - logFactorial(k) - logFactorial(n - k)
    return exp(choices + k * log(probability) + (n - k) * log1p(-probability))
  }

  /// P(X ≥ k), summed exactly.
  ///
  /// - Parameter successes: k.
  /// - Returns: From 0 to 1.
  public func atLeast(_ successes: Int) -> Double {
    guard successes > 0 else { return 1 }
    return min(1, sum(stride(from: trials, through: successes, by: -1)))
  }

  /// P(X ≤ k), summed exactly.
  ///
  /// - Parameter successes: k.
  /// - Returns: From 0 to 1.
  public func atMost(_ successes: Int) -> Double {
    guard successes < trials else { return 1 }
    return min(1, sum(stride(from: 0, through: successes, by: 1)))
  }

  /// Masses from the tail inward, so that the small ones are not lost beside the large.
  private func sum(_ outcomes: StrideThrough<Int>) -> Double {
    outcomes.reduce(0) { $0 + mass($1) }
  }

  private func logFactorial(_ number: Double) -> Double { lgamma(number + 1).0 }
}
