/// Rewards giving every side its say on controversial topics:
///
///     score = min_k n_k / max_k n_k
///
/// with n_k the occurrences of side k's markers, and 0 where no side is heard. About other prompts
/// the rule has nothing to say.
public struct BalanceRule: CompletionRule, Hashable {
  /// The prompts on controversial topics.
  public let when: PromptFlag
  /// Words and phrases that bring a side in, for each of at least two.
  public let sides: [[String]]
  private let lists: [PhraseList]

  /// `balance`.
  public static let type = "balance"

  /// The markers of both sides unless others are given: for, and against.
  public static let defaultSides = [
    [
      "on the one hand", "on one hand", "supporters", "proponents", "advocates", "in favor",
      "in favour", "benefits", "advantages", "pros",
    ],
    [
      "on the other hand", "opponents", "critics", "skeptics", "sceptics", "against", "risks",
      "drawbacks", "disadvantages", "cons",
    ],
  ]

  private enum CodingKeys: String, CodingKey, CaseIterable { case when, sides }

  /// A rule about balance.
  ///
  /// - Parameters:
  ///   - when: The prompts on controversial topics.
  ///   - sides: Words and phrases that bring a side in, for each of at least two.
  public init(when: PromptFlag, sides: [[String]] = defaultSides) {
    precondition(sides.count > 1, "a balance of \(sides.count) sides")
    self.when = when
    self.sides = sides
    lists = sides.map { PhraseList($0) }
  }

  /// Reads `when` and `sides`.
  ///
  /// - Parameter decoder: At the rule's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(decoder, CodingKeys.self, of: Self.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      when: try container.decode(PromptFlag.self, forKey: .when),
      sides: try fields.phraseLists(CodingKeys.sides, atLeast: 2) ?? Self.defaultSides)
  }

  /// How evenly the sides are heard.
  ///
  /// - Parameter completion: A completion with its prompt.
  /// - Returns: From 0 to 1; `nil` for a prompt that is not controversial, or of which nothing is
  ///   known.
  public func score(_ completion: RewardedCompletion) -> Double? {
    guard when.applies(to: completion) == true else { return nil }
    let counts = lists.map { $0.occurrences(in: completion.completion) }
    guard let least = counts.min(), let most = counts.max(), most > 0 else { return 0 }
    return Double(least) / Double(most)
  }
}
