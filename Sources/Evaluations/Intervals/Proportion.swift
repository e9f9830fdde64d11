/// A share of successes among trials, with its Wilson interval.
public struct Proportion: Sendable, Hashable {
  /// How many trials succeeded; halves where a tie counts as half a success.
  public let successes: Double
  /// How many trials there were.
  public let count: Int

  /// A share.
  ///
  /// - Parameters:
  ///   - successes: From 0 to `count`.
  ///   - count: How many trials there were.
  public init(successes: Double, count: Int) {
    precondition(
      0 <= successes && successes <= Double(count), "\(successes) successes in \(count) trials")
    self.successes = successes
    self.count = count
  }

  /// Successes by trials; `nil` without trials.
  public var value: Double? { count > 0 ? successes / Double(count) : nil }

  /// The score interval of Wilson (1927): all p with |p̂ − p| ≤ z·√(p(1 − p)/n), that is
  ///
  ///     (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)
  ///
  /// It stays within [0, 1] and keeps its level for small n and for shares near 0 and 1.
  ///
  /// - Parameter level: Above 0 and below 1.
  /// - Returns: `nil` without trials.
  /// - SeeAlso: Edwin B. Wilson, Probable Inference, the Law of Succession, and Statistical
  ///   Inference, JASA 22 (1927).
  public func interval(level: Double = 0.95) -> ConfidenceInterval? {
    guard let value else { return nil }
    let z = NormalDistribution.twoSidedQuantile(level)
    let trials = Double(count)
    let center = value + z * z / (2 * trials)
    let spread =
      z * (value * (1 - value) / trials + z * z / (4 * trials * trials)).squareRoot()
    let scale = 1 + z * z / trials
    // At 0 and at n successes one end is 0 or 1 exactly, which rounding misses.
    return ConfidenceInterval(
      lower: value == 0 ? 0 : max(0, (center - spread) / scale),
      upper: value == 1 ? 1 : min(1, (center + spread) / scale), level: level)
  }
}
