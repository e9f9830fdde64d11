internal import PreferenceData

/// Which prompts a rule is about: those whose row says so in a field, or that have given words.
///
/// A row with the field is judged by the field alone. A row without it is judged by the words, and if
/// there are none, nothing is known about it.
public struct PromptFlag: Sendable, Hashable, Codable {
  /// The field of the prompt's row, true or false, that says it.
  public let field: String?
  /// Words or phrases in the prompt that say it.
  public let words: [String]?
  private let list: PhraseList?

  private enum CodingKeys: String, CodingKey { case field, words }

  /// A flag by a field, by words, or by a field and otherwise by words.
  ///
  /// - Parameters:
  ///   - field: The field of the prompt's row, true or false.
  ///   - words: Words or phrases in the prompt; at least one of both is given.
  public init(field: String? = nil, words: [String]? = nil) {
    precondition(field != nil || words != nil, "a flag by nothing")
    self.field = field
    self.words = words
    list = words.map { PhraseList($0) }
  }

  /// Reads `field` and `words`.
  ///
  /// - Parameter decoder: At the flag's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(decoder, names: ["field", "words"], of: "this mapping")
    let (field, words) = (try fields.text(CodingKeys.field), try fields.phrases(CodingKeys.words))
    guard field != nil || words != nil else {
      throw fields.error("give 'field', 'words' or both")
    }
    self.init(field: field, words: words)
  }

  /// Whether the rule is about the prompt; `nil` where nothing is known.
  func applies(to completion: RewardedCompletion) -> Bool? {
    if let field, case .boolean(let value) = completion.fields[field] { return value }
    return list?.occurs(in: completion.prompt)
  }
}
