public import Evaluations

/// A number with its interval, where it has one.
public struct MeasuredValue: Sendable, Hashable, Codable {
  /// The number.
  public var value: Double
  /// The 95 % interval's lower end.
  public var lower: Double?
  /// The 95 % interval's upper end.
  public var upper: Double?

  /// A number.
  ///
  /// - Parameters:
  ///   - value: The number.
  ///   - interval: Its interval; `nil` where it has none.
  public init(_ value: Double, _ interval: ConfidenceInterval?) {
    (self.value, lower, upper) = (value, interval?.lower, interval?.upper)
  }

  /// A share with Wilson's interval; `nil` without trials.
  ///
  /// - Parameters:
  ///   - successes: How many trials succeeded.
  ///   - count: How many trials there were.
  init?(successes: Int, of count: Int) {
    let share = Proportion(successes: Double(successes), count: count)
    guard let value = share.value else { return nil }
    self.init(value, share.interval())
  }
}
