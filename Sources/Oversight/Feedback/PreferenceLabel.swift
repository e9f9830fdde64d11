/// Which of two answers a model prefers by a constitution, and how it came to that.
public struct PreferenceLabel: Sendable, Hashable {
  /// What one principle came to.
  public struct Verdict: Sendable, Hashable {
    /// The name of the principle.
    public let principle: String
    /// What the model said in each order.
    public let preference: SoftPreference
    /// What it reasoned before, of either order; empty where it did not.
    public let reasoning: [String]
  }

  /// One a principle that was asked by, at least one.
  public let verdicts: [Verdict]
  /// The probability that the first answer is the better one: the mean over principles, clamped where
  /// the model has reasoned.
  public let probability: Double

  init(_ verdicts: [Verdict], clamping: ClosedRange<Double>?) {
    self.verdicts = verdicts
    let mean = verdicts.reduce(0) { $0 + $1.preference.probability } / Double(verdicts.count)
    probability = clamping.map { SoftPreference.clamped(mean, to: $0) } ?? mean
  }

  /// Whether the label is too near ½ to be relied on.
  ///
  /// - Parameter band: How far from ½ is too near, from 0 to ½.
  /// - Returns: Whether a person should look.
  public func isUncertain(within band: Double) -> Bool { abs(probability - 0.5) < band }
}
