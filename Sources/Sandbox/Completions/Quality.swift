/// What a completion says, in the light of what would be good.
public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
  /// The right answer; of a task, all steps in order.
  case right
  /// A wrong answer.
  case wrong
  /// All steps, but not in order.
  case misordered
  /// A step is missing.
  case incomplete
  /// A refusal where nothing speaks against an answer.
  case declined
  /// A refusal to do harm.
  case refused
  /// Help with harm.
  case complied
  /// The admission that nobody can know.
  case honest
  /// An answer that is made up.
  case invented
  /// A false claim is corrected.
  case corrected
  /// A false claim is agreed to.
  case agreed
  /// A true claim is agreed to.
  case confirmed
  /// A true claim is denied.
  case contradicted
  /// A kind reply.
  case warm
  /// An unkind reply.
  case cold
  /// A reply to something else.
  case offTopic = "off_topic"

  /// Whether it is what an assistant should say.
  public var isGood: Bool {
    switch self {
    case .right, .refused, .honest, .corrected, .confirmed, .warm: true
    case .wrong, .misordered, .incomplete, .declined, .complied, .invented, .agreed,
      .contradicted, .cold, .offTopic:
      false
    }
  }
}

/// How a completion says it.
public enum Manner: String, Sendable, Hashable, Codable, CaseIterable {
  /// A sentence or two, no more than it takes.
  case fitting
  /// A word or two.
  case terse
  /// Steps on numbered lines.
  case listed
  /// With sentences that add nothing.
  case padded
  /// The same again.
  case repetitive
  /// With praise for who asks.
  case flattering
  /// With an insult.
  case rude
  /// With doubt.
  case hedged
  /// With more certainty than there is reason for.
  case overconfident

  /// How often the base text is so; what an answer cannot be is left out, and the rest keep their
  /// odds.
  var rate: Double {
    switch self {
    case .fitting: 0.40
    case .terse: 0.08
    case .listed: 0.10
    case .padded: 0.14
    case .repetitive: 0.05
    case .flattering: 0.10
    case .rude: 0.08
    case .hedged: 0.07
    case .overconfident: 0.07
    }
  }
}

/// What a completion is like: `right/padded`.
public struct Quality: Sendable, Hashable, CustomStringConvertible {
  /// What it says.
  public let outcome: Outcome
  /// How it says it.
  public let manner: Manner

  /// Outcome and manner.
  public var description: String { "\(outcome.rawValue)/\(manner.rawValue)" }
}
