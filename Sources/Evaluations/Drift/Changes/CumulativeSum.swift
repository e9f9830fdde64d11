/// Watches a stream for a lasting change of its mean in either direction (Page 1954). With z the value
/// in deviations from the mean of the reference,
///
///     S⁺ = max(0, S⁺ + z − k),  S⁻ = max(0, S⁻ − z − k)
///
/// and an alarm is raised where one exceeds h. With k = ½ and h = 5, a change by a deviation is found
/// after some 10 values, and independent normal values that do not change raise an alarm every 465 on
/// average; each direction alone every 930.
///
///     var sum = CumulativeSum(scale: ReferenceScale(mean: 0.05, deviation: 0.02))
///     for rate in rates {
///       if let alarm = sum.add(rate) { print(alarm.direction, alarm.onset) }
///     }
///
/// It is a plain value that can be saved and continued. After an alarm both sums begin anew, and the
/// next values, as many as the cool-down says, are counted but not looked at.
///
/// - SeeAlso: E. S. Page, Continuous Inspection Schemes, Biometrika 41 (1954).
public struct CumulativeSum: Sendable, Hashable, Codable {
  /// In what units values are watched.
  public let scale: ReferenceScale
  /// k: half the change that is to be found soonest, in deviations.
  public let slack: Double
  /// h: the sum beyond which an alarm is raised.
  public let threshold: Double
  /// How many values after an alarm are not looked at.
  public let coolDown: Int
  /// How many values there were.
  public private(set) var count = 0
  private var rise = ChangeEvidence()
  private var fall = ChangeEvidence()
  private var resting = 0

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - scale: In what units values are watched.
  ///   - slack: k, at least 0.
  ///   - threshold: h, above 0.
  ///   - coolDown: How many values after an alarm are not looked at, at least 0.
  public init(
    scale: ReferenceScale, slack: Double = 0.5, threshold: Double = 5, coolDown: Int = 50
  ) {
    precondition(slack >= 0, "k = \(slack), but it is at least 0")
    precondition(threshold > 0, "h = \(threshold), but it is above 0")
    precondition(coolDown >= 0, "a cool-down of \(coolDown) values")
    (self.scale, self.slack, self.threshold, self.coolDown) = (scale, slack, threshold, coolDown)
  }

  /// S⁺, in deviations.
  public var riseEvidence: Double { rise.value }
  /// S⁻, in deviations.
  public var fallEvidence: Double { fall.value }

  /// Takes in the next value.
  ///
  /// - Parameter value: Finite.
  /// - Returns: An alarm, if this value raises one.
  public mutating func add(_ value: Double) -> ChangeAlarm? {
    let z = scale.standardized(value)
    count += 1
    guard resting == 0 else {
      resting -= 1
      return nil
    }
    rise.add(z - slack, at: count)
    fall.add(-z - slack, at: count)
    guard max(rise.value, fall.value) > threshold else { return nil }
    let alarm =
      rise.value > threshold ? rise.alarm(.rise, at: count) : fall.alarm(.fall, at: count)
    (rise, fall, resting) = (ChangeEvidence(), ChangeEvidence(), coolDown)
    return alarm
  }
}
