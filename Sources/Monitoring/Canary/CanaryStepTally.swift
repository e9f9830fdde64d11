#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What a step of the ramp has seen; events that come late are added to it when the next ones run.
public struct CanaryStepTally: Sendable, Hashable, Codable {
  /// When the step began.
  public let beganAt: Date
  /// Requests answered that were assigned in it.
  public internal(set) var requests = ArmCounts()
  /// The bad events that count, in the order of the plan's guardrails.
  public internal(set) var badEvents: [ArmCounts]

  private enum CodingKeys: String, CodingKey {
    case beganAt = "began_at"
    case requests
    case badEvents = "bad_events"
  }

  init(beganAt: Date, guardrails: Int) {
    self.beganAt = beganAt
    badEvents = Array(repeating: ArmCounts(), count: guardrails)
  }
}
