#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

internal import Evaluations

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What a guardrail has seen.
public struct GuardrailEvidence: Sendable, Hashable, Codable {
  /// The name of the guardrail.
  public let guardrail: String
  /// ln E, over all steps: evidence that the candidate is worse; 0 for none.
  public let logEValue: Double
  /// ln(m/α), at which it rolls back.
  public let limit: Double
  /// The bad events that count, over all steps.
  public let badEvents: ArmCounts

  private enum CodingKeys: String, CodingKey {
    case guardrail
    case logEValue = "log_e_value"
    case limit = "log_limit"
    case badEvents = "bad_events"
  }

  /// Whether it rolls back.
  public var isAlarming: Bool { logEValue >= limit }
}

/// A change of a canary's phase, with what it rests on: a line of its log.
public struct CanaryDecision: Sendable, Hashable, Codable {
  /// When.
  public let time: Date
  /// The experiment of the plan.
  public let experiment: String
  /// The phase before.
  public let from: CanaryPhase
  /// The phase now.
  public let to: CanaryPhase
  /// Why.
  public let reason: CanaryReason
  /// The candidate's share of traffic from now on.
  public let share: Double
  /// Requests answered since the beginning.
  public let requests: ArmCounts
  /// What each guardrail has seen, in the order of the plan.
  public let evidence: [GuardrailEvidence]
}

extension CanaryDecision: CustomStringConvertible {
  /// One sentence, without the time.
  public var description: String {
    "canary '\(experiment)': \(from) → \(to), \(words); the candidate now answers "
      + "\(shortPercentage(share)) of the traffic (answered so far: \(requests.control) by the control, "
      + "\(requests.candidate) by the candidate)"
  }

  private var words: String {
    switch reason {
    case .begun: "begun"
    case .exposed: "the step had its requests and its time"
    case .asked(let reason): "asked for: \(reason)"
    case .killSwitch: "by the kill switch"
    case .guardrail(let name): evidence.first { $0.guardrail == name }?.words ?? "'\(name)'"
    }
  }
}

extension GuardrailEvidence {
  /// What it has seen, as a part of a sentence.
  var words: String {
    "'\(guardrail)' has an e-value of \(shortNumber(exp(logEValue))), the limit is "
      + "\(shortNumber(exp(limit))): \(badEvents.candidate) of "
      + "\(badEvents.control + badEvents.candidate) bad events are the candidate's"
  }
}
