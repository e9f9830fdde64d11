#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A test that may be looked at after every trial: is the probability of success at most ρ, or above?
///
/// With k successes in n trials it is the likelihood under probabilities above ρ, which a Beta(a, b)
/// prior cut off at ρ weighs, by the likelihood at ρ:
///
///     E = B(a + k, b + n − k)/(B(a, b)·ρᵏ·(1 − ρ)ⁿ⁻ᵏ) · (1 − I_ρ(a + k, b + n − k))/(1 − I_ρ(a, b))
///
/// While the probability is at most ρ, E is expected not to grow, whatever came before, so that it ever
/// reaches 1/α with probability α at most (Ville's inequality), however often one looks. Without the
/// second factor it would also grow where successes are *rarer* than ρ.
///
///     var process = BetaBinomialEProcess(atMost: 0.1, prior: .init(a: 1, b: 9))
///     process.record(successes: 18, failures: 62)
///     process.eValue   // 74.06: at α = 0.05 the rate is above 0.1
///
/// ``restart(atMost:)`` begins a stretch with another ρ and keeps the product of e-values, which is
/// again one; a new test a stretch would have a false alarm in each.
///
/// - SeeAlso: Aaditya Ramdas et al., Game-Theoretic Statistics and Safe Anytime-Valid Inference,
///   Statistical Science 38 (2023).
public struct BetaBinomialEProcess: Sendable, Hashable, Codable {
  /// What is thought of the probability before there are trials, cut off below ρ.
  public struct Prior: Sendable, Hashable, Codable {
    /// Successes that are thought seen, plus 1.
    public let a: Double
    /// Failures that are thought seen, plus 1.
    public let b: Double

    /// A prior.
    ///
    /// - Parameters:
    ///   - a: Above 0.
    ///   - b: Above 0.
    public init(a: Double, b: Double) {
      precondition(a > 0 && b > 0, "a Beta(\(a), \(b)) distribution")
      self.a = a
      self.b = b
    }

    /// Every probability alike.
    public static let uniform = Prior(a: 1, b: 1)
  }

  /// ρ: the greatest probability that is in order.
  public private(set) var bound: Double
  /// The prior of every stretch.
  public let prior: Prior
  /// k: successes of this stretch.
  public private(set) var successes = 0
  /// n − k: failures of this stretch.
  public private(set) var failures = 0
  /// ln E of the stretches before.
  private var earlier = 0.0

  /// A test without trials.
  ///
  /// - Parameters:
  ///   - bound: ρ, above 0 and below 1.
  ///   - prior: What is thought of the probability before.
  public init(atMost bound: Double, prior: Prior = .uniform) {
    Self.require(bound)
    self.bound = bound
    self.prior = prior
  }

  /// Adds trials.
  ///
  /// - Parameters:
  ///   - successes: How many succeeded.
  ///   - failures: How many did not.
  public mutating func record(successes: Int, failures: Int) {
    precondition(successes >= 0 && failures >= 0, "\(successes) and \(failures) trials")
    self.successes += successes
    self.failures += failures
  }

  /// Begins a stretch without trials, which keeps what the stretches before have shown.
  ///
  /// - Parameter bound: ρ of the new stretch, above 0 and below 1; chosen without its trials.
  public mutating func restart(atMost bound: Double) {
    Self.require(bound)
    earlier = logEValue
    self.bound = bound
    (successes, failures) = (0, 0)
  }

  /// ln E, over all stretches.
  public var logEValue: Double {
    let (a, b) = (prior.a, prior.b)
    let (k, rest) = (Double(successes), Double(failures))
    return earlier + logTwoSided + IncompleteBeta.logUpper(bound, a + k, b + rest)
      - IncompleteBeta.logUpper(bound, a, b)
  }

  /// E, over all stretches: evidence against “at most ρ”, 1 for none; infinite beyond 10³⁰⁸.
  public var eValue: Double { exp(logEValue) }

  /// ln E of this stretch without the cut: evidence against “exactly ρ”, from either side.
  package var logTwoSided: Double {
    let (k, rest) = (Double(successes), Double(failures))
    return IncompleteBeta.logBeta(prior.a + k, prior.b + rest)
      - IncompleteBeta.logBeta(prior.a, prior.b) - k * log(bound) - rest * log1p(-bound)
  }

  private static func require(_ bound: Double) {
    precondition(0 < bound && bound < 1, "a bound of \(bound)")
  }
}
