internal import Evaluations
internal import TrainingConfiguration

/// Rewards a length within a window: 1 inside, falling linearly to 0 outside.
///
///     score = max(0, 1 − (min − n)/fall) below,  1 within,  max(0, 1 − (n − max)/fall) above
///
/// Without `fall` the score reaches 0 at a length of 0 below and at 2·max above. A completion whose
/// tokens nobody counted has no score by tokens.
public struct LengthRule: CompletionRule, Hashable {
  /// In what a length is counted.
  public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
    /// The policy's tokens.
    case tokens
    /// Words, as `Words` splits them.
    case words
    /// Characters as people count them: grapheme clusters.
    case characters
  }

  /// In what a length is counted.
  public let unit: Unit
  /// The shortest length that is right; `nil` for no limit.
  public let minimum: Int?
  /// The longest length that is right; `nil` for no limit.
  public let maximum: Int?
  /// Over how much the score falls to 0.
  public let fall: Double?

  /// `length`.
  public static let type = "length"

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case unit
    case minimum = "min"
    case maximum = "max"
    case fall
  }

  /// A window.
  ///
  /// - Parameters:
  ///   - unit: In what a length is counted.
  ///   - minimum: The shortest length that is right, at least 1; `nil` for no limit.
  ///   - maximum: The longest length that is right, at least the minimum; `nil` for no limit.
  ///   - fall: Over how much the score falls to 0, above 0.
  public init(unit: Unit = .words, minimum: Int? = nil, maximum: Int? = nil, fall: Double? = nil) {
    precondition((minimum ?? 1) >= 1 && (maximum ?? .max) >= (minimum ?? 1), "an empty window")
    precondition(fall ?? 1 > 0, "a fall over \(fall ?? 0)")
    self.unit = unit
    self.minimum = minimum
    self.maximum = maximum
    self.fall = fall
  }

  /// Reads `unit`, `min`, `max` and `fall`.
  ///
  /// - Parameter decoder: At the rule's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(decoder, CodingKeys.self, of: Self.self)
    let minimum = try fields.count(CodingKeys.minimum, within: .atLeast(1))
    let maximum = try fields.count(CodingKeys.maximum, within: .atLeast(1))
    guard minimum != nil || maximum != nil else {
      throw fields.error("give 'min', 'max' or both")
    }
    if let minimum, let maximum, maximum < minimum {
      throw fields.error(CodingKeys.maximum, "it must be at least 'min', which is \(minimum)")
    }
    self.init(
      unit: try fields.choice(CodingKeys.unit) ?? .words, minimum: minimum, maximum: maximum,
      fall: try fields.number(CodingKeys.fall, within: .above(0)))
  }

  /// How well the length fits, from 0 to 1.
  ///
  /// - Parameter completion: A completion.
  /// - Returns: `nil` where its length in this unit is unknown.
  public func score(_ completion: RewardedCompletion) -> Double? {
    guard let length = length(of: completion) else { return nil }
    if let minimum, length < minimum {
      return max(0, 1 - Double(minimum - length) / (fall ?? Double(minimum)))
    }
    if let maximum, length > maximum {
      return max(0, 1 - Double(length - maximum) / (fall ?? Double(maximum)))
    }
    return 1
  }

  private func length(of completion: RewardedCompletion) -> Int? {
    switch unit {
    case .tokens: completion.tokenCount
    case .words: Words.split(completion.completion).count
    case .characters: completion.completion.count
    }
  }
}
