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

  /// Whether its counts can be what was counted: at most 10¹⁵ each, so that their sums are numbers too.
  var isPlausible: Bool {
    ([requests] + badEvents).allSatisfy { counts in
      CanaryArm.allCases.allSatisfy { (0...1_000_000_000_000_000).contains(counts[$0]) }
    }
  }

  init(beganAt: Date, guardrails: Int) {
    self.beganAt = beganAt
    badEvents = Array(repeating: ArmCounts(), count: guardrails)
  }
}
