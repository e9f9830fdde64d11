#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Rules, and where each of them stands: the content of a rules file is `rules: [...]`.
///
///     var watch = try AlertWatch(rules: rules, states: saved)
///     for alert in watch.observe(readings, at: now) { log("\(alert)"); post(alert.json) }
///     save(watch.states)
public struct AlertWatch: Sendable, Hashable, Codable {
  /// The rules, of different names.
  public let rules: [AlertRule]
  /// Where they stand, by name: what is to be saved.
  public private(set) var states: [String: AlertState]

  private enum CodingKeys: String, CodingKey, CaseIterable { case rules, states }

  /// A watch.
  ///
  /// - Parameters:
  ///   - rules: The rules.
  ///   - states: Where they stood; those of rules that are no more are dropped.
  /// - Throws: ``AlertRuleError``.
  public init(
    rules: [AlertRule], states: [String: AlertState] = [:]
  ) throws(AlertRuleError) {
    var names: Set<String> = []
    for rule in rules {
      try rule.check()
      guard names.insert(rule.name).inserted else { throw .twice(rule.name) }
    }
    self.rules = rules
    self.states = states.filter { names.contains($0.key) }
  }

  /// Reads rules, and their states if there are any.
  ///
  /// - Parameter decoder: At a mapping.
  /// - Throws: `DecodingError`, or ``AlertRuleError``.
  public init(from decoder: any Decoder) throws {
    try KnownFields.check(decoder, CodingKeys.self, of: "a file of alert rules")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      rules: try container.decode([AlertRule].self, forKey: .rules),
      states: try container.decodeIfPresent([String: AlertState].self, forKey: .states) ?? [:])
  }

  /// Takes in readings.
  ///
  /// - Parameters:
  ///   - readings: By metric; a rule whose metric is not there stays as it is.
  ///   - time: The moment of the readings.
  /// - Returns: What begins or ceases to fire, in the order of the rules.
  public mutating func observe(_ readings: [String: AlertReading], at time: Date) -> [Alert] {
    rules.compactMap { rule in
      readings[rule.metric].flatMap {
        states[rule.name, default: AlertState()].observe($0, by: rule, at: time)
      }
    }
  }

  /// The rules that fire.
  public var firing: [AlertRule] {
    rules.filter { rule in
      if case .firing = states[rule.name]?.phase { true } else { false }
    }
  }
}
