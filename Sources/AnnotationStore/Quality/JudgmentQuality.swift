/// How far a judgment can be relied on, by the way in which it was made.
public struct JudgmentQuality: Sendable, Hashable, Codable {
  /// What a judgment can fail.
  public enum Check: String, Sendable, Hashable, Codable, CaseIterable {
    /// It took less time than any judgment needs.
    case tooFast = "too_fast"
    /// It took less time than reading the responses.
    case unread
    /// The same choice for the last many tasks, whatever was shown.
    case noVariation = "no_variation"
    /// A reason of a few words.
    case thinReason = "thin_reason"
    /// The same person has judged the same task the other way.
    case contradiction
  }

  /// What is known of a judgment when it is checked.
  public struct Circumstances: Sendable, Hashable {
    /// Active seconds.
    public var seconds: Double
    /// Characters of all responses together.
    public var characters: Int
    /// The reason that was given; empty for none.
    public var reason: String
    /// Whether a reason had to be given.
    public var reasonIsDue: Bool
    /// How many judgments in a row, this one included, took the same side as shown.
    public var run: Int
    /// Whether it contradicts an earlier judgment of the same person on the same task.
    public var contradicts: Bool

    /// Circumstances.
    public init(
      seconds: Double, characters: Int, reason: String, reasonIsDue: Bool, run: Int,
      contradicts: Bool
    ) {
      (self.seconds, self.characters, self.reason) = (seconds, characters, reason)
      (self.reasonIsDue, self.run, self.contradicts) = (reasonIsDue, run, contradicts)
    }
  }

  /// From 0 to 1: the product of the factors of ``failed``.
  public let confidence: Double
  /// What it failed, in the order of ``Check``.
  public let failed: [Check]

  /// Checks a judgment.
  ///
  /// - Parameters:
  ///   - circumstances: What is known of it.
  ///   - profile: What makes a judgment doubtful.
  public init(_ circumstances: Circumstances, by profile: QualityProfile) {
    let words = circumstances.reason.split(whereSeparator: \.isWhitespace).count
    let hasReason = words > 0 || circumstances.reasonIsDue
    let verdicts: [(Check, Bool, Double)] = [
      (.tooFast, circumstances.seconds < profile.leastSeconds, profile.tooFast),
      (
        .unread,
        profile.readingSpeed > 0
          && Double(circumstances.characters) > profile.readingSpeed * circumstances.seconds,
        profile.unread
      ),
      (.noVariation, circumstances.run > profile.longestRun, profile.noVariation),
      (.thinReason, hasReason && words < profile.leastReasonWords, profile.thinReason),
      (.contradiction, circumstances.contradicts, profile.contradiction),
    ]
    failed = verdicts.filter(\.1).map(\.0)
    confidence = verdicts.filter(\.1).reduce(1) { $0 * $1.2 }
  }

  /// Whether the judgment counts as valid.
  ///
  /// - Parameter profile: What makes a judgment doubtful.
  /// - Returns: Whether its confidence is at least ``QualityProfile/valid``.
  public func isValid(by profile: QualityProfile) -> Bool { confidence >= profile.threshold }
}
