internal import TrainingConfiguration

extension RewardRules {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case rules
    case missingEndPenalty = "missing_end_penalty"
  }

  /// Reads a rules file.
  ///
  /// - Parameter decoder: At the file's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(
      decoder, names: CodingKeys.allCases.map(\.stringValue), of: "a rules file")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let rules = try container.decode([Entry].self, forKey: .rules)
    guard !rules.isEmpty else { throw fields.error(CodingKeys.rules, "there must be a rule") }
    let penalty = try fields.number(CodingKeys.missingEndPenalty, within: .atLeast(0))
    do {
      try self.init(rules, missingEndPenalty: penalty ?? 0)
    } catch {
      throw fields.error(CodingKeys.rules, "\(error)")
    }
  }

  /// Writes a rules file.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(missingEndPenalty, forKey: .missingEndPenalty)
    try container.encode(rules, forKey: .rules)
  }
}

extension RewardRules.Entry: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case type, name, weight }

  /// The fields that every rule has.
  static var fieldNames: [String] { CodingKeys.allCases.map(\.stringValue) }

  /// Reads a rule of any type.
  ///
  /// - Parameter decoder: At the rule's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let type = try container.decode(String.self, forKey: .type)
    guard let ruleType = RewardRules.types.first(where: { $0.type == type }) else {
      let names = RewardRules.types.map { $0.type }
      let advice =
        closest(to: type, among: names).map { "did you mean '\($0)'?" }
        ?? "there are \(names.joined(separator: ", "))"
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: container,
        debugDescription: "there is no rule of this type; \(advice)")
    }
    let rule = try ruleType.init(from: decoder)
    let fields = try RuleFields(decoder)
    let weight = try fields.number(CodingKeys.weight, within: nil) ?? 1
    self.init(rule, name: try fields.text(CodingKeys.name), weight: weight)
  }

  /// Writes the rule with its fields.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Swift.type(of: rule).type, forKey: .type)
    try container.encode(name, forKey: .name)
    try container.encode(weight, forKey: .weight)
    try rule.encode(to: encoder)
  }
}
