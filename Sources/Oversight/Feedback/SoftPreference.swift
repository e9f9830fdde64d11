#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Which of two answers a model prefers, as a probability, asked in both orders.
///
/// Of one order, with the log probabilities l of the two options (Bai et al. 2022, arXiv:2212.08073,
/// section 4.1),
///
///     p_A = e^l_A / (e^l_A + e^l_B)
///
/// and of both the mean (Lee et al. 2023, arXiv:2309.00267, section 2.1.1), in which what the model
/// thinks of the letters and of places cancels to first order.
public struct SoftPreference: Sendable, Hashable {
  /// The log probabilities of the two options after one question, in nats.
  public struct OptionScores: Sendable, Hashable {
    /// Of (A).
    public let a: Double
    /// Of (B).
    public let b: Double

    /// Scores.
    ///
    /// - Parameters:
    ///   - a: log P of (A), in nats.
    ///   - b: log P of (B), in nats.
    public init(a: Double, b: Double) {
      precondition(!a.isNaN && !b.isNaN && max(a, b) > -.infinity, "options of \(a) and \(b) nats")
      (self.a, self.b) = (a, b)
    }

    /// p_A.
    public var probabilityOfA: Double { 1 / (1 + exp(b - a)) }
  }

  /// What was said with the first answer as (A).
  public let straight: OptionScores
  /// What was said with the second answer as (A); `nil` if it was not asked.
  public let swapped: OptionScores?

  /// A preference.
  ///
  /// - Parameters:
  ///   - straight: What was said with the first answer as (A).
  ///   - swapped: What was said with the second answer as (A).
  public init(straight: OptionScores, swapped: OptionScores? = nil) {
    (self.straight, self.swapped) = (straight, swapped)
  }

  /// The probability that the first answer is the better one.
  public var probability: Double {
    guard let swapped else { return straight.probabilityOfA }
    // ½ exactly where nothing but a place is liked.
    return 0.5 + (straight.probabilityOfA - swapped.probabilityOfA) / 2
  }

  /// Whether the two orders name different answers; `nil` where one was asked, or one is even.
  public var isFlipped: Bool? {
    guard let swapped else { return nil }
    let (one, other) = (straight.probabilityOfA - 0.5, 0.5 - swapped.probabilityOfA)
    return one == 0 || other == 0 ? nil : (one > 0) != (other > 0)
  }

  /// By how much (A) is preferred for its place: the mean of p_A over both orders less ½, from −½ to ½;
  /// `nil` where one order was asked.
  public var positionBias: Double? {
    swapped.map { (straight.probabilityOfA + $0.probabilityOfA) / 2 - 0.5 }
  }

  /// A probability that was reasoned out is too sure of itself; the paper clamps it to 0.4 to 0.6 (and
  /// only such ones: without reasoning soft labels are better as they are).
  ///
  /// - Parameters:
  ///   - probability: From 0 to 1.
  ///   - range: What is allowed.
  /// - Returns: The nearest value that is allowed.
  public static func clamped(
    _ probability: Double, to range: ClosedRange<Double> = 0.4...0.6
  ) -> Double {
    min(max(probability, range.lowerBound), range.upperBound)
  }
}
