/// Watches a stream for a change of its mean in either direction, against the running mean x̄ of what
/// it has seen itself (Hinkley 1971). Upwards, with x in deviations from the mean of the reference,
///
///     mₜ = mₜ₋₁ + xₜ − x̄ₜ − δ,  alarm where mₜ − min m > λ
///
/// and downwards the same of −x. Unlike ``CumulativeSum`` it forgives a constant error in the mean of
/// the reference, and is slower. δ and λ are in deviations. With the customary 0.005 and 50, a change
/// by a deviation is found after some 46 values, and independent normal values that do not change
/// raise an alarm every 1,570 on average. These settings are made for values whose deviation is near
/// 1: of raw rates they find a doubling only after a thousand values and more.
///
/// It is a plain value that can be saved and continued. After an alarm the sums and x̄ begin anew,
/// and the next values, as many as the cool-down says, are counted but not looked at.
///
/// - SeeAlso: D. V. Hinkley, Inference about the Change-Point from Cumulative Sum Tests, Biometrika 58
///   (1971).
public struct PageHinkley: Sendable, Hashable, Codable {
  /// In what units values are watched.
  public let scale: ReferenceScale
  /// δ: changes below this are tolerated, in deviations.
  public let tolerance: Double
  /// λ: the rise of the sum above its minimum beyond which an alarm is raised.
  public let threshold: Double
  /// How many values x̄ takes before there is an alarm.
  public let minimumCount: Int
  /// How many values after an alarm are not looked at.
  public let coolDown: Int
  /// How many values there were.
  public private(set) var count = 0
  // mₜ − min m itself: it grows by each step, and is 0 where the step makes a new minimum.
  private var rise = ChangeEvidence()
  private var fall = ChangeEvidence()
  private var mean = 0.0
  private var seen = 0
  private var resting = 0

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - scale: In what units values are watched.
  ///   - tolerance: δ, at least 0.
  ///   - threshold: λ, above 0.
  ///   - minimumCount: How many values x̄ takes before there is an alarm, at least 1.
  ///   - coolDown: How many values after an alarm are not looked at, at least 0.
  public init(
    scale: ReferenceScale, tolerance: Double = 0.005, threshold: Double = 50,
    minimumCount: Int = 30, coolDown: Int = 50
  ) {
    precondition(tolerance >= 0, "δ = \(tolerance), but it is at least 0")
    precondition(threshold > 0, "λ = \(threshold), but it is above 0")
    precondition(minimumCount > 0, "a minimum of \(minimumCount) values")
    precondition(coolDown >= 0, "a cool-down of \(coolDown) values")
    (self.scale, self.tolerance, self.threshold) = (scale, tolerance, threshold)
    (self.minimumCount, self.coolDown) = (minimumCount, coolDown)
  }

  /// How far the upward sum is above its minimum, in deviations.
  public var riseEvidence: Double { rise.value }
  /// How far the downward sum is above its minimum, in deviations.
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
    seen += 1
    mean += (z - mean) / Double(seen)
    rise.add(z - mean - tolerance, at: count)
    fall.add(mean - z - tolerance, at: count)
    guard seen >= minimumCount, max(rise.value, fall.value) > threshold else { return nil }
    let alarm =
      rise.value > fall.value ? rise.alarm(.rise, at: count) : fall.alarm(.fall, at: count)
    (rise, fall, mean, seen, resting) = (ChangeEvidence(), ChangeEvidence(), 0, 0, coolDown)
    return alarm
  }
}
