/// Rewards asking back where the prompt is ambiguous, and not asking everywhere else:
///
///     score = 1 if (completion asks back) = (prompt is ambiguous), else 0
///
/// A prompt is ambiguous if its row says so or if its text matches a pattern. A completion asks back
/// if its last sentence is a question, or if it has one of the markers.
public struct ClarificationRule: CompletionRule, Hashable {
  /// The prompts that their rows or words say are ambiguous.
  public let when: PromptFlag?
  /// What matches an ambiguous prompt, where nothing else is known of it.
  public let pattern: Pattern?
  /// Phrases that ask back.
  public let markers: [String]
  private let list: PhraseList

  /// `clarification`.
  public static let type = "clarification"

  /// The phrases that ask back unless others are given.
  public static let defaultMarkers = [
    "could you clarify", "can you clarify", "please clarify", "could you specify",
    "can you specify", "please specify", "what do you mean", "which one do you mean",
    "could you tell me more", "can you tell me more", "could you give more detail",
  ]

  private enum CodingKeys: String, CodingKey, CaseIterable { case when, pattern, markers }

  /// A rule about asking back.
  ///
  /// - Parameters:
  ///   - when: The prompts that their rows or words say are ambiguous.
  ///   - pattern: What matches an ambiguous prompt; at least one of both is given.
  ///   - markers: Phrases that ask back.
  public init(
    when: PromptFlag? = nil, pattern: Pattern? = nil, markers: [String] = defaultMarkers
  ) {
    precondition(when != nil || pattern != nil, "nothing says which prompts are ambiguous")
    self.when = when
    self.pattern = pattern
    self.markers = markers
    list = PhraseList(markers)
  }

  /// Reads `when`, `pattern` and `markers`.
  ///
  /// - Parameter decoder: At the rule's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(decoder, CodingKeys.self, of: Self.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let when = try container.decodeIfPresent(PromptFlag.self, forKey: .when)
    let pattern = try fields.pattern(CodingKeys.pattern)
    guard when != nil || pattern != nil else {
      throw fields.error("give 'when', 'pattern' or both")
    }
    self.init(
      when: when, pattern: pattern,
      markers: try fields.phrases(CodingKeys.markers) ?? Self.defaultMarkers)
  }

  /// Whether the completion asks back where it should, and only there.
  ///
  /// - Parameter completion: A completion with its prompt.
  /// - Returns: 0 or 1; `nil` where nothing is known of the prompt.
  public func score(_ completion: RewardedCompletion) -> Double? {
    let flagged = when?.applies(to: completion) ?? pattern.map { $0.matches(completion.prompt) }
    return flagged.map { asksBack(completion.completion) == $0 ? 1 : 0 }
  }

  private func asksBack(_ completion: String) -> Bool {
    let closing: Set<Character> = ["\"", "'", "”", "’", ")", "»"]
    let end = completion.last { !$0.isWhitespace && !closing.contains($0) }
    return end == "?" || end == "？" || list.occurs(in: completion)
  }
}
