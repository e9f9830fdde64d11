/// What a file holds, known by its columns: the fields that some row has with a value other than
/// null, and whether that is a list of texts.
public enum RecordKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// `prompt`, `chosen`, `rejected`.
  case explicitPreference
  /// `chosen` and `rejected`, each with the prompt at its beginning.
  case implicitPreference
  /// `prompt`, `response_A`, `response_B` and which is preferred.
  case comparison
  /// `prompt`, `completions` and their ranks.
  case ranking
  /// `prompt` (or `instruction`) and `completion` (or `response`).
  case demonstration
  /// `prompt`, `completion` and whether it is good.
  case unpaired
  /// `prompt` and a list of texts as `completion`, as `attune generate --n` writes them.
  case samples
  /// `prompt` alone.
  case prompt
  /// `text` alone.
  case text
}

extension RecordKind {
  /// The kind that columns of these names make up.
  ///
  /// One field that only one kind has decides, so that a missing other field is reported as
  /// missing, not taken for another kind.
  ///
  /// - Parameters:
  ///   - columns: Names of fields.
  ///   - lists: Those among them that hold a list of texts in some row.
  /// - Returns: nil where no kind has any of the fields.
  public static func detect(columns: Set<String>, lists: Set<String> = []) -> RecordKind? {
    func has(_ names: String...) -> Bool { !columns.isDisjoint(with: names) }
    if has("chosen", "rejected") {
      return has("prompt") ? .explicitPreference : .implicitPreference
    }
    if has("response_A", "response_B") { return .comparison }
    if has("completions", "ranking") { return .ranking }
    if has("label") && has("prompt", "completion") { return .unpaired }
    if lists.contains("completion") { return .samples }
    if has("completion", "response", "instruction") { return .demonstration }
    if has("text") { return .text }
    return has("prompt") ? .prompt : nil
  }

  /// What the records are, in the plural.
  public var title: String {
    switch self {
    case .explicitPreference: "preference pairs with an explicit prompt"
    case .implicitPreference: "preference pairs with an implicit prompt"
    case .comparison: "A/B comparisons"
    case .ranking: "rankings"
    case .demonstration: "demonstrations"
    case .unpaired: "unpaired completions"
    case .samples: "lists of sampled completions"
    case .prompt: "prompts"
    case .text: "texts"
    }
  }

  /// The fields without which a row is malformed.
  public var requiredFields: [String] {
    switch self {
    case .explicitPreference: ["prompt", "chosen", "rejected"]
    case .implicitPreference: ["chosen", "rejected"]
    case .comparison: ["prompt", "response_A", "response_B", "preference"]
    case .ranking: ["prompt", "completions", "ranking"]
    case .demonstration, .samples: ["prompt", "completion"]
    case .unpaired: ["prompt", "completion", "label"]
    case .prompt: ["prompt"]
    case .text: ["text"]
    }
  }

  /// The fields that a row may have besides, the other names of required ones among them.
  public var optionalFields: [String] {
    switch self {
    case .explicitPreference, .implicitPreference, .comparison:
      ["margin", "confidence", "weight", "agreement", "paraphrase", "reason", "criteria"]
    case .demonstration: ["instruction", "response", "metadata"]
    case .ranking, .unpaired, .samples, .prompt, .text: []
    }
  }

  /// The title and the fields.
  var summary: String {
    "\(title) (\(requiredFields.quotedList))"
  }
}
