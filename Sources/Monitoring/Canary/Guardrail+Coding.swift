extension Guardrail.BadEvent {
  /// The name of a bad event in files.
  enum Kind: String, Codable, CaseIterable {
    case unsafe, error, refusal, latency
    case firstToken = "first_token"
    case negativeFeedback = "negative_feedback"

    /// Which bad events count unless it is said.
    var usualCounting: Guardrail.Counting {
      switch self {
      case .unsafe, .refusal, .negativeFeedback: .users
      case .error, .latency, .firstToken: .events
      }
    }
  }

  var kind: Kind {
    switch self {
    case .unsafe: .unsafe
    case .error: .error
    case .refusal: .refusal
    case .latency: .latency
    case .firstToken: .firstToken
    case .negativeFeedback: .negativeFeedback
    }
  }

  /// The bound in seconds, where there is one.
  var bound: Double? {
    switch self {
    case .latency(let bound), .firstToken(let bound): bound
    case .unsafe, .error, .refusal, .negativeFeedback: nil
    }
  }
}

extension Guardrail: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case name, event, above, count }

  /// Reads a guardrail; `name` and `count` may be left out.
  ///
  /// - Parameter decoder: At a mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    try KnownFields.check(decoder, CodingKeys.self, of: "a guardrail")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let kind: BadEvent.Kind = try container.choice(.event)
    let bound = try container.decodeIfPresent(Double.self, forKey: .above)
    let event: BadEvent
    switch (kind, bound) {
    case (.unsafe, nil): event = .unsafe
    case (.error, nil): event = .error
    case (.refusal, nil): event = .refusal
    case (.negativeFeedback, nil): event = .negativeFeedback
    case (.latency, let bound?): event = .latency(above: bound)
    case (.firstToken, let bound?): event = .firstToken(above: bound)
    case (.latency, nil), (.firstToken, nil):
      throw DecodingError.keyNotFound(
        CodingKeys.above,
        .init(codingPath: container.codingPath, debugDescription: "seconds, above which it is bad"))
    case (_, _?):
      throw DecodingError.dataCorruptedError(
        forKey: .above, in: container,
        debugDescription: "'above' belongs to the events 'latency' and 'first_token'")
    }
    self.init(
      event, name: try container.decodeIfPresent(String.self, forKey: .name),
      counting: container.contains(.count) ? try container.choice(.count) as Counting : nil)
  }

  /// Writes a guardrail with everything that may be left out.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(badEvent.kind, forKey: .event)
    try container.encodeIfPresent(badEvent.bound, forKey: .above)
    try container.encode(counting, forKey: .count)
  }
}
