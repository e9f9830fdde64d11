internal import TrainingConfiguration

/// Looks for phrases that claim certainty: `score = ± min(n, limit)/limit` with n the occurrences.
///
/// A penalty against a policy that sounds surer than it is; as a reward it is the classic biased
/// proxy, on which overoptimisation can be studied.
public struct CertaintyRule: CompletionRule, Hashable {
  /// What to look for.
  public let phrases: [String]
  /// Whether finding them is good or bad.
  public let effect: RuleEffect
  /// More occurrences than this change nothing.
  public let limit: Int
  private let list: PhraseList

  /// `certainty`.
  public static let type = "certainty"

  /// The phrases that are looked for unless others are given.
  public static let defaultPhrases = [
    "absolutely", "certainly", "definitely", "undoubtedly", "unquestionably", "without a doubt",
    "without question", "no doubt", "beyond doubt", "of course", "clearly", "obviously",
    "always", "never", "guaranteed", "100 percent", "for sure", "everyone knows", "it is certain",
    "I am certain", "I'm certain", "I am sure", "I'm sure", "proven fact",
  ]

  private enum CodingKeys: String, CodingKey, CaseIterable { case phrases, effect, limit }

  /// A list of phrases.
  ///
  /// - Parameters:
  ///   - phrases: What to look for, each with a letter or digit.
  ///   - effect: Whether finding them is good or bad.
  ///   - limit: How many occurrences count, at least 1.
  public init(
    _ phrases: [String] = defaultPhrases, effect: RuleEffect = .penalty, limit: Int = 3
  ) {
    precondition(limit > 0, "a limit of \(limit) occurrences")
    self.phrases = phrases
    self.effect = effect
    self.limit = limit
    list = PhraseList(phrases)
  }

  /// Reads `phrases`, `effect` and `limit`.
  ///
  /// - Parameter decoder: At the rule's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(decoder, CodingKeys.self, of: Self.self)
    self.init(
      try fields.phrases(CodingKeys.phrases) ?? Self.defaultPhrases,
      effect: try fields.choice(CodingKeys.effect) ?? .penalty,
      limit: try fields.count(CodingKeys.limit, within: .atLeast(1)) ?? 3)
  }

  /// How certain the completion sounds.
  ///
  /// - Parameter completion: A completion.
  /// - Returns: From −1 to 0, or from 0 to 1 for a reward.
  public func score(_ completion: RewardedCompletion) -> Double? {
    let found = min(list.occurrences(in: completion.completion), limit)
    return effect.score(Double(found) / Double(limit))
  }
}
