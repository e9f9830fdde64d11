extension AlertRule: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case name, metric, above, below
    case risesBy = "rises_by"
    case fallsBy = "falls_by"
    case changesBy = "changes_by"
    case drift
    case holdSeconds = "for"
    case severity
    case cooldownSeconds = "cooldown"
  }

  /// The fields of which a rule has one.
  private static let conditions: [CodingKeys] = [
    .above, .below, .risesBy, .fallsBy, .changesBy, .drift,
  ]

  /// Reads a rule; all but the metric and a condition may be left out.
  ///
  /// - Parameter decoder: At a mapping.
  /// - Throws: `DecodingError` with the path of the field at fault, ``AlertRuleError`` for what cannot
  ///   be used.
  public init(from decoder: any Decoder) throws {
    try KnownFields.check(decoder, CodingKeys.self, of: "an alert rule")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let given = Self.conditions.filter(container.contains)
    guard given.count == 1 else {
      let names = Self.conditions.map { "'\($0.stringValue)'" }.joined(separator: ", ")
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: container.codingPath,
          debugDescription: "an alert rule has one of \(names), but here are \(given.count)"))
    }
    let condition: AlertCondition =
      switch given[0] {
      case .above: .above(try container.decode(Double.self, forKey: .above))
      case .below: .below(try container.decode(Double.self, forKey: .below))
      case .risesBy: .rises(by: try container.decode(Double.self, forKey: .risesBy))
      case .fallsBy: .falls(by: try container.decode(Double.self, forKey: .fallsBy))
      case .changesBy: .changes(by: try container.decode(Double.self, forKey: .changesBy))
      default: .drifts(atLeast: try container.choice(.drift))
      }
    self.init(
      try container.decode(String.self, forKey: .metric), condition,
      name: try container.decodeIfPresent(String.self, forKey: .name),
      holdSeconds: try container.decodeIfPresent(Double.self, forKey: .holdSeconds) ?? 0,
      severity: container.contains(.severity) ? try container.choice(.severity) : .warning,
      cooldownSeconds: try container.decodeIfPresent(Double.self, forKey: .cooldownSeconds)
        ?? Self.usualCooldown)
    try check()
  }

  /// Writes a rule with everything that may be left out.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(metric, forKey: .metric)
    switch condition {
    case .above(let bound): try container.encode(bound, forKey: .above)
    case .below(let bound): try container.encode(bound, forKey: .below)
    case .rises(let share): try container.encode(share, forKey: .risesBy)
    case .falls(let share): try container.encode(share, forKey: .fallsBy)
    case .changes(let share): try container.encode(share, forKey: .changesBy)
    case .drifts(let least): try container.encode(least, forKey: .drift)
    }
    try container.encode(holdSeconds, forKey: .holdSeconds)
    try container.encode(severity, forKey: .severity)
    try container.encode(cooldownSeconds, forKey: .cooldownSeconds)
  }
}
