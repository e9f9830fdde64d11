public import Foundation

/// What an export of feedback holds.
public struct FeedbackExportOptions: Sendable, Hashable {
  /// Whether responses to the same prompt with opposite ratings become preferences.
  public var hasContrasts = false
  /// Whether feedback is taken whose giver did not agree to training.
  public var includesUnconsented = false
  /// Only feedback that was given then or later.
  public var since: Date?
  /// Only feedback that was given before then.
  public var until: Date?
  /// Only feedback about responses of this version of the policy.
  public var policy: String?
  /// Only feedback about responses of this arm.
  public var arm: String?
  /// What tells the turn of the loop that the records are of, and is written into each.
  public var lineage: String?

  /// Options with their defaults.
  public init() {}
}

/// Where a record of feedback comes from: its `source`.
public enum FeedbackSource: String, Sendable, Hashable, Codable, CaseIterable {
  /// Ratings of a response.
  case rating
  /// A better answer that somebody has written.
  case correction
  /// A response that somebody preferred to another.
  case regeneration
  /// Two responses to the same prompt, one rated good and one bad.
  case contrast
}

/// Why feedback, or what is made of it, is left out of an export.
public enum FeedbackOmission: String, Sendable, Hashable, Codable, CaseIterable {
  /// Feedback given before or after the time asked for, or about another policy or arm.
  case outside
  /// Feedback whose giver did not agree to training.
  case unconsented
  /// Feedback of comments or tags alone.
  case wordsOnly = "words_only"
  /// Responses with as many good ratings as bad ones.
  case undecided
  /// Pairs of which each was preferred as often as the other.
  case tied
  /// Responses, or sides of a pair, without a text.
  case blank
  /// Pairs of equal sides.
  case identical
  /// Corrections that are there already, and contrasts of texts that are a pair already.
  case repeated
}

/// What came of feedback.
public struct FeedbackExportSummary: Sendable, Hashable {
  /// Feedback in the store.
  public var feedback = 0
  /// Records by source.
  public var records: [FeedbackSource: Int] = [:]
  /// Unpaired records of good responses.
  public var desirable = 0
  /// What was left out, by reason.
  public var omissions: [FeedbackOmission: Int] = [:]

  mutating func omit(_ reason: FeedbackOmission, _ count: Int = 1) {
    if count > 0 { omissions[reason, default: 0] += count }
  }
}
