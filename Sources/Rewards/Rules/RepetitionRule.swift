internal import Evaluations
internal import TrainingConfiguration

/// Looks at n-grams of words that a completion says again, distinct-n = distinct/total:
///
///     score = −(1 − distinct/total)  for a penalty,  distinct/total  for a reward
///
/// A completion of fewer than n words repeats nothing.
public struct RepetitionRule: CompletionRule, Hashable {
  /// How many words make an n-gram.
  public let n: Int
  /// Whether repeating is penalised, or saying ever new things rewarded.
  public let effect: RuleEffect

  /// `repetition`.
  public static let type = "repetition"

  private enum CodingKeys: String, CodingKey, CaseIterable { case n, effect }

  /// A rule for n-grams of words.
  ///
  /// - Parameters:
  ///   - n: How many words make an n-gram, at least 1.
  ///   - effect: Whether repeating is penalised, or saying ever new things rewarded.
  public init(n: Int = 4, effect: RuleEffect = .penalty) {
    precondition(n > 0, "n-grams of \(n) words")
    self.n = n
    self.effect = effect
  }

  /// Reads `n` and `effect`.
  ///
  /// - Parameter decoder: At the rule's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(decoder, CodingKeys.self, of: Self.self)
    self.init(
      n: try fields.count(CodingKeys.n, within: .atLeast(1)) ?? 4,
      effect: try fields.choice(CodingKeys.effect) ?? .penalty)
  }

  /// How much the completion repeats itself.
  ///
  /// - Parameter completion: A completion.
  /// - Returns: From −1 to 0, or from 0 to 1 for a reward.
  public func score(_ completion: RewardedCompletion) -> Double? {
    let repeated = Repetition([Words.split(completion.completion)], n: n).share ?? 0
    return effect == .penalty ? effect.score(repeated) : effect.score(1 - repeated)
  }
}
