/// What somebody has noted of an answer and not yet given, by the places in which the responses were shown.
///
/// Everything may be missing. The JSON of an ``Answer`` is one of a draft too.
public struct Draft: Sendable, Hashable, Codable {
  /// Which is better.
  public var verdict: Verdict?
  /// How sure.
  public var confidence: Answer.Confidence?
  /// Ratings by criterion, one for each response.
  public var ratings: [String: [Int?]]?
  /// Why.
  public var reason: String?
  /// Seconds in which something was done so far.
  public var activeSeconds: Double?

  /// An empty draft.
  public init() {}
}
