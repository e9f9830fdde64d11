/// What a metric is at one moment, beside what it was in the frozen baseline.
public struct AlertReading: Sendable, Hashable, Codable {
  /// What the tests of drift say of it, an effect and its significance taken together.
  public enum Drift: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Nothing.
    case none
    /// Moderate drift, such as a PSI above 0.1.
    case moderate
    /// Significant drift, such as a PSI above 0.25.
    case significant

    private var rank: Int {
      switch self {
      case .none: 0
      case .moderate: 1
      case .significant: 2
      }
    }

    /// Whether `left` is less.
    public static func < (left: Drift, right: Drift) -> Bool { left.rank < right.rank }
  }

  /// The value; `nil` or not a number where there is nothing to measure.
  public var value: Double?
  /// The baseline's value.
  public var baseline: Double?
  /// What the tests of drift say.
  public var drift: Drift?

  /// A reading.
  ///
  /// - Parameters:
  ///   - value: The value; `nil` or not a number where there is nothing to measure.
  ///   - baseline: The baseline's value.
  ///   - drift: What the tests of drift say.
  public init(value: Double? = nil, baseline: Double? = nil, drift: Drift? = nil) {
    (self.value, self.baseline, self.drift) = (value, baseline, drift)
  }
}
