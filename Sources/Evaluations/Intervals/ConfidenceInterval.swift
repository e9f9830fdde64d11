/// A range that covers the true value in a given share of repeated experiments.
public struct ConfidenceInterval: Sendable, Hashable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The share of experiments whose interval covers the truth, for instance 0.95.
  public let level: Double

  /// An interval with known ends.
  ///
  /// - Parameters:
  ///   - lower: The lower end.
  ///   - upper: The upper end, not below `lower`.
  ///   - level: Above 0 and below 1.
  public init(lower: Double, upper: Double, level: Double) {
    precondition(lower <= upper, "an interval from \(lower) to \(upper)")
    requireLevel(level)
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// Half the distance of the ends: the ± of a symmetric interval.
  public var halfWidth: Double { (upper - lower) / 2 }

  /// Whether a value lies within, ends included.
  ///
  /// - Parameter value: Any number.
  /// - Returns: `true` from `lower` to `upper`.
  public func contains(_ value: Double) -> Bool {
    lower <= value && value <= upper
  }
}

/// Traps unless a confidence level is above 0 and below 1.
func requireLevel(_ level: Double, file: StaticString = #fileID, line: UInt = #line) {
  precondition(
    0 < level && level < 1, "level is \(level), but must be above 0 and below 1", file: file,
    line: line)
}
