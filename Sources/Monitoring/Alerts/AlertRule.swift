/// When a metric is to alarm somebody: an entry of a rules file.
///
///     {name: unsafe, metric: unsafe_rate, above: 0.05, for: 300, severity: critical, cooldown: 3600}
///     {metric: reward_mean, falls_by: 0.1}
///     {metric: length, drift: significant, severity: info}
///
/// It has exactly one of `above`, `below`, `rises_by`, `falls_by`, `changes_by` (shares of the baseline,
/// 0.1 for 10 %) and `drift`.
public struct AlertRule: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
    /// Worth knowing.
    case info
    /// To be looked at.
    case warning
    /// To be looked at now.
    case critical
  }

  /// What alerts call it.
  public var name: String
  /// The metric it reads.
  public var metric: String
  /// What is wrong.
  public var condition: AlertCondition
  /// How long that must last before it alarms, in seconds.
  public var holdSeconds: Double
  /// How bad it is.
  public var severity: Severity
  /// The least time from one alarm to the next, in seconds.
  public var cooldownSeconds: Double

  /// A rule.
  ///
  /// - Parameters:
  ///   - metric: The metric it reads.
  ///   - condition: What is wrong.
  ///   - name: What alerts call it; `nil` for the name of the metric.
  ///   - holdSeconds: How long that must last before it alarms, in seconds.
  ///   - severity: How bad it is.
  ///   - cooldownSeconds: The least time from one alarm to the next, in seconds.
  public init(
    _ metric: String, _ condition: AlertCondition, name: String? = nil, holdSeconds: Double = 0,
    severity: Severity = .warning, cooldownSeconds: Double = AlertRule.usualCooldown
  ) {
    (self.name, self.metric, self.condition) = (name ?? metric, metric, condition)
    (self.holdSeconds, self.severity) = (holdSeconds, severity)
    self.cooldownSeconds = cooldownSeconds
  }

  /// An hour.
  public static let usualCooldown = 3600.0

  /// Checks what files may have wrong.
  ///
  /// - Throws: ``AlertRuleError``.
  public func check() throws(AlertRuleError) {
    guard !metric.allSatisfy(\.isWhitespace) else { throw .noMetric }
    guard !name.allSatisfy(\.isWhitespace) else { throw .noName(metric: metric) }
    guard holdSeconds >= 0, holdSeconds.isFinite else {
      throw .seconds(holdSeconds, field: "for", rule: name)
    }
    guard cooldownSeconds >= 0, cooldownSeconds.isFinite else {
      throw .seconds(cooldownSeconds, field: "cooldown", rule: name)
    }
    switch condition {
    case .above(let bound), .below(let bound):
      guard bound.isFinite else { throw .bound(bound, rule: name) }
    case .rises(let share), .falls(let share), .changes(let share):
      guard share >= 0, share.isFinite else { throw .share(share, rule: name) }
    case .drifts(let least):
      guard least > .none else { throw .noDrift(rule: name) }
    }
  }
}

/// Why a rule cannot be used, as a sentence.
public enum AlertRuleError: Error, Sendable, Hashable {
  /// The rule reads nothing.
  case noMetric
  /// The name is empty.
  case noName(metric: String)
  /// A time is none.
  case seconds(Double, field: String, rule: String)
  /// A bound is none.
  case bound(Double, rule: String)
  /// A share of the baseline is none.
  case share(Double, rule: String)
  /// The rule would always alarm.
  case noDrift(rule: String)
  /// Two rules have one name.
  case twice(String)
}

extension AlertRuleError: CustomStringConvertible {
  /// A full sentence that says what was seen and what to do next.
  public var description: String {
    switch self {
    case .noMetric: "a rule has an empty metric; name the one it is to read"
    case .noName(let metric):
      "the rule on '\(metric)' has an empty name; give it one, or leave 'name' out"
    case .seconds(let seconds, let field, let rule):
      "rule '\(rule)' has \(seconds) for '\(field)', but it must be seconds, 0 or more"
    case .bound(let bound, let rule):
      "rule '\(rule)' compares with \(bound), which is no number; give one"
    case .share(let share, let rule):
      "rule '\(rule)' has a relative change of \(share), but it must be 0 or more (10 % is 0.1)"
    case .noDrift(let rule):
      "rule '\(rule)' would alarm at no drift; write 'moderate' or 'significant'"
    case .twice(let name): "two rules are called '\(name)'; give each a name of its own"
    }
  }
}
