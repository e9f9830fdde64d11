/// All that somebody says about a task, by the places of its responses in the task.
public struct Answer: Sendable, Hashable, Codable {
  /// How sure somebody is.
  public enum Confidence: String, Sendable, Hashable, Codable, CaseIterable {
    /// A guess.
    case low
    /// Probably.
    case medium
    /// Without doubt.
    case high
  }

  /// Which is better.
  public var verdict: Verdict
  /// How sure; `nil` where it was not said.
  public var confidence: Confidence?
  /// Ratings by criterion: one for each response, `nil` where it was left out.
  public var ratings: [String: [Int?]]
  /// Why; empty for no reason.
  public var reason: String
  /// Seconds in which something was done: idle ones and hidden tabs are left out.
  public var activeSeconds: Double
  /// Seconds from opening the task to answering it.
  public var wallSeconds: Double

  /// An answer.
  ///
  /// - Parameters:
  ///   - verdict: Which is better.
  ///   - confidence: How sure.
  ///   - ratings: Ratings by criterion, one for each response.
  ///   - reason: Why.
  ///   - activeSeconds: Seconds in which something was done.
  ///   - wallSeconds: Seconds from opening the task to answering it.
  public init(
    _ verdict: Verdict, confidence: Confidence? = nil, ratings: [String: [Int?]] = [:],
    reason: String = "", activeSeconds: Double, wallSeconds: Double
  ) {
    self.verdict = verdict
    self.confidence = confidence
    self.ratings = ratings
    self.reason = reason
    self.activeSeconds = activeSeconds
    self.wallSeconds = wallSeconds
  }

  /// The longest reason, in characters.
  public static let longestReason = 4000

  /// Refuses an answer that does not fit the question.
  ///
  /// - Parameters:
  ///   - responses: How many responses the task has.
  ///   - settings: How the project asks.
  /// - Throws: ``AnnotationError/answer(_:)``.
  public func validate(
    responses: Int, by settings: ProjectSettings
  ) throws(AnnotationError) {
    try verdict.validate(responses: responses, strengths: settings.strengths)
    for (name, values) in ratings {
      guard settings.criteria.contains(where: { $0.name == name }) else {
        throw .answer("there is no criterion '\(name)'")
      }
      guard values.count == responses,
        values.allSatisfy({ $0.map((1...settings.ratingScale).contains) ?? true })
      else {
        throw .answer(
          "'\(name)' needs a rating from 1 to \(settings.ratingScale) for each of \(responses) responses"
        )
      }
    }
    guard reason.count <= Self.longestReason else {
      throw .answer(
        "the reason has \(reason.count) characters, but may have \(Self.longestReason)")
    }
    if reasonIsDue(by: settings), reason.allSatisfy(\.isWhitespace) {
      throw .answer("a reason is needed: say in a sentence why")
    }
    for seconds in [activeSeconds, wallSeconds]
    where !(seconds >= 0 && seconds <= 7 * 86_400) {
      throw .answer("the time is \(seconds) seconds, but must be from 0 to a week")
    }
  }

  /// Whether a reason has to be given.
  ///
  /// - Parameter settings: How the project asks.
  /// - Returns: Whether it has to.
  public func reasonIsDue(by settings: ProjectSettings) -> Bool {
    switch settings.reason {
    case .optional: false
    case .required: true
    case .undecided: verdict == .tie || verdict == .bothBad
    }
  }

  /// The answer about responses that were shown in another order.
  ///
  /// - Parameter places: `places[shown]` is the place in the task.
  /// - Returns: The answer by the places in the task.
  public func rearranged(_ places: [Int]) -> Answer {
    var answer = self
    answer.verdict = verdict.rearranged(places)
    answer.ratings = ratings.mapValues { values in
      guard values.count == places.count else { return values }
      var moved = values
      for (shown, place) in places.enumerated() { moved[place] = values[shown] }
      return moved
    }
    return answer
  }
}
