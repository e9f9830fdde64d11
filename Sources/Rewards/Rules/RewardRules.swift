internal import TrainingConfiguration

/// Rewards that are described rather than learned: the content of a rules file.
///
///     missing_end_penalty: 1
///     rules:
///       - type: length
///         unit: words
///         min: 10
///         max: 60
///       - type: certainty
///         effect: penalty
///         weight: 0.5
///
/// Every rule has a `type`, a `weight` (1 unless given), a `name` for metrics (its type unless given)
/// and the fields of its type; a field that there is not is an error.
public struct RewardRules: Sendable, Codable {
  /// One rule and what it counts.
  public struct Entry: Sendable {
    /// What the rule is called in metrics and errors.
    public var name: String
    /// What its scores are multiplied by.
    public var weight: Double
    /// What scores.
    public var rule: any CompletionRule

    /// A rule that counts.
    ///
    /// - Parameters:
    ///   - rule: What scores.
    ///   - name: What it is called in metrics and errors; the rule's type if it is `nil`.
    ///   - weight: What its scores are multiplied by; finite.
    public init(_ rule: some CompletionRule, name: String? = nil, weight: Double = 1) {
      precondition(weight.isFinite, "a weight of \(weight)")
      self.rule = rule
      self.name = name ?? Swift.type(of: rule).type
      self.weight = weight
    }
  }

  /// The rules, at least one; names differ.
  public let rules: [Entry]
  /// What is taken off a completion that did not end by itself; at least 0.
  public let missingEndPenalty: Double

  /// The types of rules there are.
  static let types: [any CompletionRule.Type] = [
    LengthRule.self, WordsRule.self, CertaintyRule.self, RelevanceRule.self, RepetitionRule.self,
    PatternRule.self, RefusalRule.self, ClarificationRule.self, BalanceRule.self,
  ]

  /// Joins rules.
  ///
  /// - Parameters:
  ///   - rules: At least one.
  ///   - missingEndPenalty: What is taken off a completion that did not end by itself; at least 0.
  /// - Throws: ``RewardError/sameName(_:)``.
  public init(_ rules: [Entry], missingEndPenalty: Double = 0) throws(RewardError) {
    precondition(!rules.isEmpty, "no rules")
    precondition(missingEndPenalty >= 0, "a penalty of \(missingEndPenalty)")
    var names: Set<String> = []
    for rule in rules where !names.insert(rule.name).inserted { throw .sameName(rule.name) }
    self.rules = rules
    self.missingEndPenalty = missingEndPenalty
  }

  /// The rules as parts of a ``CompositeReward``, with their weights.
  public var parts: [RewardPart] {
    rules.map { entry in RewardPart(entry.reward, weight: entry.weight) }
  }

  /// The rules alone as a reward.
  public var reward: CompositeReward {
    get throws(RewardError) { try CompositeReward(parts, missingEndPenalty: missingEndPenalty) }
  }
}

extension RewardRules.Entry {
  /// The rule as a reward.
  public var reward: RuleReward { RuleReward(rule, name: name) }
}
