internal import Monitoring

extension SafetyPolicy: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case mode
    case onFailure = "on_failure"
    case timeLimit = "time_limit"
    case window, refusal, lexicon, classifiers, prompt, answer
  }

  /// Reads a policy; everything may be left out but something that reads.
  ///
  /// - Parameter decoder: At a mapping.
  /// - Throws: `DecodingError` for what is none, ``SafetyPolicyError`` for what cannot be followed.
  public init(from decoder: any Decoder) throws {
    try KnownFields.check(decoder, CodingKeys.self, of: "a safety policy")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if container.contains(.mode) { mode = try container.choice(.mode) }
    if container.contains(.onFailure) { onFailure = try container.choice(.onFailure) }
    timeLimit = try container.decodeIfPresent(Double.self, forKey: .timeLimit) ?? timeLimit
    window = try container.decodeIfPresent(Int.self, forKey: .window) ?? window
    refusal = try container.decodeIfPresent(String.self, forKey: .refusal) ?? refusal
    if container.contains(.lexicon) { lexicon = try container.choice(.lexicon) }
    classifiers = try container.decodeIfPresent([Classifier].self, forKey: .classifiers) ?? []
    prompt = try container.decodeIfPresent(StageText.self, forKey: .prompt)?.action ?? prompt
    answer = try container.decodeIfPresent(StageText.self, forKey: .answer)?.action ?? answer
    try check()
  }

  /// Writes a policy with everything that may be left out.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(mode, forKey: .mode)
    try container.encode(onFailure, forKey: .onFailure)
    try container.encode(timeLimit, forKey: .timeLimit)
    try container.encode(window, forKey: .window)
    try container.encode(refusal, forKey: .refusal)
    try container.encodeIfPresent(lexicon, forKey: .lexicon)
    try container.encode(classifiers, forKey: .classifiers)
    try container.encode(StageText(action: prompt), forKey: .prompt)
    try container.encode(StageText(action: answer), forKey: .answer)
  }

  /// What a file says of a stage.
  private struct StageText: Codable {
    let action: SafetyAction

    private enum CodingKeys: String, CodingKey, CaseIterable { case action }

    init(action: SafetyAction) { self.action = action }

    init(from decoder: any Decoder) throws {
      try KnownFields.check(decoder, CodingKeys.self, of: "a stage")
      action = try decoder.container(keyedBy: CodingKeys.self).choice(.action)
    }
  }
}

extension SafetyPolicy.Classifier: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case path, label, name, threshold, reads
  }

  /// Reads a classifier; everything but the path may be left out.
  ///
  /// - Parameter decoder: At a mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    try KnownFields.check(decoder, CodingKeys.self, of: "a classifier")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      path: try container.decode(String.self, forKey: .path),
      label: try container.decodeIfPresent(String.self, forKey: .label),
      name: try container.decodeIfPresent(String.self, forKey: .name),
      threshold: try container.decodeIfPresent(Double.self, forKey: .threshold),
      reads: container.contains(.reads) ? try container.choice(.reads) : .answer)
  }
  /// Writes a classifier.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(path, forKey: .path)
    try container.encodeIfPresent(label, forKey: .label)
    try container.encodeIfPresent(name, forKey: .name)
    try container.encodeIfPresent(threshold, forKey: .threshold)
    try container.encode(reads, forKey: .reads)
  }
}
