/// That a stream has left its reference, and since when.
public struct ChangeAlarm: Sendable, Hashable, Codable {
  /// Where to the stream went.
  public enum Direction: String, Sendable, Hashable, Codable {
    /// Values are greater than before.
    case rise
    /// Values are smaller than before.
    case fall
  }

  /// Where to the stream went.
  public let direction: Direction
  /// The number of the value that raised the alarm, from 1.
  public let position: Int
  /// The number of the first value since which the evidence never vanished: a guess at where the
  /// change is.
  public let onset: Int
  /// The evidence, in deviations of the reference.
  public let evidence: Double
}

/// Evidence for a change in one direction, that grows with values beyond it and never falls below 0.
struct ChangeEvidence: Sendable, Hashable, Codable {
  private(set) var value = 0.0
  private var onset = 0

  /// value = max(0, value + step).
  mutating func add(_ step: Double, at position: Int) {
    if value == 0 { onset = position }
    value = max(0, value + step)
  }

  func alarm(_ direction: ChangeAlarm.Direction, at position: Int) -> ChangeAlarm {
    ChangeAlarm(direction: direction, position: position, onset: onset, evidence: value)
  }
}
