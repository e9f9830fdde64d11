internal import Evaluations

/// A bad event that a candidate must not cause oftener than the control.
///
/// While both are as good, a bad event is the candidate's with probability ρ, its share of traffic,
/// whatever the rate of bad events is and however it changes over the day. So only bad events are
/// looked at, by a `BetaBinomialEProcess` a step of the ramp; the product over the steps is E.
///
///     {name: slow, event: latency, above: 20, count: events}
///
/// That holds if the arms of bad events are independent. Those of one user are not: assignment is
/// sticky, and one who tries to provoke a model may cause a hundred. ``Counting/users`` counts the first
/// of each, and is the default for what lies with users. It finds nothing more once most users have had
/// theirs: for what happens to everybody, or where few users ask all, take ``Counting/events``.
public struct Guardrail: Sendable, Hashable {
  /// What is bad.
  public enum BadEvent: Sendable, Hashable {
    /// An unsafe answer.
    case unsafe
    /// A failure of the server.
    case error
    /// A refusal of a harmless prompt.
    case refusal
    /// A whole answer after more than so many seconds.
    case latency(above: Double)
    /// A first token after more than so many seconds.
    case firstToken(above: Double)
    /// Feedback of somebody who is not content.
    case negativeFeedback
  }

  /// Which bad events count.
  public enum Counting: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every one.
    case events
    /// The first of each user, or of each session where sessions are what is assigned.
    case users
  }

  /// What decisions call it.
  public var name: String
  /// What is bad.
  public var badEvent: BadEvent
  /// Which bad events count.
  public var counting: Counting

  /// A guardrail.
  ///
  /// - Parameters:
  ///   - badEvent: What is bad.
  ///   - name: What decisions call it; `nil` for the name of the event.
  ///   - counting: Which bad events count; `nil` for users where the event lies with them: unsafe
  ///     answers, refusals, feedback.
  public init(_ badEvent: BadEvent, name: String? = nil, counting: Counting? = nil) {
    self.badEvent = badEvent
    self.name = name ?? badEvent.kind.rawValue
    self.counting = counting ?? badEvent.kind.usualCounting
  }

  /// Unsafe answers, errors, refusals of harmless prompts, answers after more than 30 seconds and
  /// negative feedback.
  public static let usual = [
    Guardrail(.unsafe), Guardrail(.error), Guardrail(.refusal), Guardrail(.latency(above: 30)),
    Guardrail(.negativeFeedback),
  ]

  /// Whether what became known is bad.
  ///
  /// - Parameter kind: What became known.
  /// - Returns: Whether this guardrail minds.
  public func minds(_ kind: CanaryEvent.Kind) -> Bool {
    switch (badEvent, kind) {
    case (.unsafe, .unsafe), (.error, .error), (.refusal, .refusal),
      (.negativeFeedback, .negativeFeedback):
      true
    case (.latency(let bound), .latency(let seconds)),
      (.firstToken(let bound), .firstToken(let seconds)):
      seconds > bound
    default: false
    }
  }

  /// ln E of one step.
  ///
  /// The prior has the mean ρ: of a small share a uniform one would expect far more than any candidate
  /// causes.
  ///
  /// - Parameters:
  ///   - bad: The bad events that count.
  ///   - share: ρ, above 0. At 1 there is no control to compare with, and E is 1.
  /// - Returns: The logarithm; 0 for no evidence.
  static func logEValue(of bad: ArmCounts, share: Double) -> Double {
    guard share < 1 else { return 0 }
    var process = BetaBinomialEProcess(atMost: share, prior: .init(a: 1, b: (1 - share) / share))
    process.record(successes: bad.candidate, failures: bad.control)
    return process.logEValue
  }
}
