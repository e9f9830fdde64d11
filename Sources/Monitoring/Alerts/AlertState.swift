#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Where one rule stands.
///
/// What is wrong makes it *pending*; when it has been wrong for the rule's time, it *fires*; when it is
/// wrong no more, it is *resolved*. Within the cool-down after an alarm it stays pending, and fires at
/// its end if it is wrong still, so that nothing that lasts is missed and what flickers alarms once.
/// Readings that lack the value change nothing.
public struct AlertState: Sendable, Hashable, Codable {
  /// The phases.
  public enum Phase: Sendable, Hashable, Codable {
    /// Nothing was wrong so far.
    case quiet
    /// It is wrong, not yet for long enough.
    case pending(since: Date)
    /// It is wrong, and was told.
    case firing(since: Date)
    /// It was told, and is wrong no more.
    case resolved
  }

  /// The phase.
  public private(set) var phase = Phase.quiet
  /// When it alarmed last.
  public private(set) var alarmedAt: Date?
  /// When it was resolved last.
  public private(set) var resolvedAt: Date?

  private enum CodingKeys: String, CodingKey {
    case phase
    case alarmedAt = "alarmed_at"
    case resolvedAt = "resolved_at"
  }

  /// A rule that has read nothing.
  public init() {}

  /// Takes in a reading.
  ///
  /// - Parameters:
  ///   - reading: The rule's metric.
  ///   - rule: The rule.
  ///   - time: The moment of the reading.
  /// - Returns: The alert, where the rule begins or ceases to fire.
  public mutating func observe(
    _ reading: AlertReading, by rule: AlertRule, at time: Date
  ) -> Alert? {
    guard let isWrong = rule.condition.holds(of: reading) else { return nil }
    switch (phase, isWrong) {
    case (.quiet, false), (.resolved, false), (.firing, true): return nil
    case (.pending, false):
      phase = resolvedAt == nil ? .quiet : .resolved
      return nil
    case (.firing(let since), false):
      (phase, resolvedAt) = (.resolved, time)
      return Alert(rule, .resolved, reading, since: since, at: time)
    case (.quiet, true), (.resolved, true): phase = .pending(since: time)
    case (.pending, true): break
    }
    return fire(reading, rule, time)
  }

  /// Fires if both times are over.
  private mutating func fire(_ reading: AlertReading, _ rule: AlertRule, _ time: Date) -> Alert? {
    guard case .pending(let since) = phase,
      time.timeIntervalSince(since) >= rule.holdSeconds,
      alarmedAt.map({ time.timeIntervalSince($0) >= rule.cooldownSeconds }) ?? true
    else { return nil }
    phase = .firing(since: since)
    alarmedAt = time
    return Alert(rule, .firing, reading, since: since, at: time)
  }
}
