/// The accuracy of guessing, and the range in which guessing falls by chance.
public struct RandomBaseline: Sendable, Hashable {
  /// How many pairs are guessed.
  public let count: Int

  /// Guesses pairs.
  ///
  /// - Parameter count: How many pairs.
  public init(count: Int) {
    precondition(count >= 0, "\(count) pairs")
    self.count = count
  }

  /// ½; `nil` for no pairs.
  public var value: Double? { count > 0 ? 0.5 : nil }

  /// The Wilson interval around ½.
  ///
  /// - Parameter level: Above 0 and below 1.
  /// - Returns: `nil` for no pairs.
  public func interval(level: Double = 0.95) -> ConfidenceInterval? {
    Proportion(successes: Double(count) / 2, count: count).interval(level: level)
  }
}
