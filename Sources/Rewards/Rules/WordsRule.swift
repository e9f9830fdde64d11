internal import TrainingConfiguration

/// Looks for words or phrases as whole words.
///
///     share = min(n, limit)/limit
///
/// with n the occurrences, and score = share or, for a penalty, −share. With a limit of 1, which is
/// what holds unless one is given, it only matters whether any of them is present.
public struct WordsRule: CompletionRule, Hashable {
  /// What to look for.
  public let words: [String]
  /// Whether finding them is good or bad.
  public let effect: RuleEffect
  /// Whether `US` differs from `us`.
  public let isCaseSensitive: Bool
  /// More occurrences than this change nothing.
  public let limit: Int
  private let phrases: PhraseList

  /// `words`.
  public static let type = "words"

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case words, effect
    case isCaseSensitive = "case_sensitive"
    case limit
  }

  /// A list of words.
  ///
  /// - Parameters:
  ///   - words: Words or phrases, each with a letter or digit.
  ///   - effect: Whether finding them is good or bad.
  ///   - isCaseSensitive: Whether `US` differs from `us`.
  ///   - limit: How many occurrences count, at least 1.
  public init(
    _ words: [String], effect: RuleEffect = .reward, isCaseSensitive: Bool = false, limit: Int = 1
  ) {
    precondition(limit > 0, "a limit of \(limit) occurrences")
    self.words = words
    self.effect = effect
    self.isCaseSensitive = isCaseSensitive
    self.limit = limit
    phrases = PhraseList(words, isCaseSensitive: isCaseSensitive)
  }

  /// Reads `words`, `effect`, `case_sensitive` and `limit`.
  ///
  /// - Parameter decoder: At the rule's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(decoder, CodingKeys.self, of: Self.self)
    guard let words = try fields.phrases(CodingKeys.words) else {
      throw fields.missing(CodingKeys.words)
    }
    self.init(
      words, effect: try fields.choice(CodingKeys.effect) ?? .reward,
      isCaseSensitive: try fields.truth(CodingKeys.isCaseSensitive) ?? false,
      limit: try fields.count(CodingKeys.limit, within: .atLeast(1)) ?? 1)
  }

  /// How much is found.
  ///
  /// - Parameter completion: A completion.
  /// - Returns: From 0 to 1, or from −1 to 0 for a penalty.
  public func score(_ completion: RewardedCompletion) -> Double? {
    let found = min(phrases.occurrences(in: completion.completion), limit)
    return effect.score(Double(found) / Double(limit))
  }
}
