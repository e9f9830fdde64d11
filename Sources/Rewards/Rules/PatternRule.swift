internal import TrainingConfiguration

/// Asks whether a regular expression matches anywhere in the completion: 1 if it is as wanted, else
/// 0.
///
/// Expressions are those of Swift's `Regex`, which backtracks: nested repetitions such as `(a+)+$`
/// can take very long on long texts.
public struct PatternRule: CompletionRule, Hashable {
  /// What is wanted.
  public enum Wanted: String, Sendable, Hashable, Codable, CaseIterable {
    /// A match.
    case match
    /// That there is none.
    case absence
  }

  /// The regular expression.
  public let pattern: Pattern
  /// What is wanted.
  public let wanted: Wanted

  /// `pattern`.
  public static let type = "pattern"

  private enum CodingKeys: String, CodingKey, CaseIterable { case pattern, wanted }

  /// A rule by a pattern.
  ///
  /// - Parameters:
  ///   - pattern: The regular expression.
  ///   - wanted: What is wanted.
  public init(_ pattern: Pattern, wanted: Wanted = .match) {
    self.pattern = pattern
    self.wanted = wanted
  }

  /// Reads `pattern` and `wanted`.
  ///
  /// - Parameter decoder: At the rule's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(decoder, CodingKeys.self, of: Self.self)
    guard let pattern = try fields.pattern(CodingKeys.pattern) else {
      throw fields.missing(CodingKeys.pattern)
    }
    self.init(pattern, wanted: try fields.choice(CodingKeys.wanted) ?? .match)
  }

  /// Whether the completion is as wanted.
  ///
  /// - Parameter completion: A completion.
  /// - Returns: 0 or 1.
  public func score(_ completion: RewardedCompletion) -> Double? {
    pattern.matches(completion.completion) == (wanted == .match) ? 1 : 0
  }
}
