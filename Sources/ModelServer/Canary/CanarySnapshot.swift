public import Monitoring

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A canary at one moment, for people and programs that look on.
public struct CanarySnapshot: Sendable, Hashable, Codable {
  /// How far a step is.
  public struct Step: Sendable, Hashable, Codable {
    /// Which it is, from 1.
    public let number: Int
    /// How many there are.
    public let count: Int
    /// What the candidate has answered in it.
    public let requests: Int
    /// What it is to answer before the next one.
    public let wantedRequests: Int
    /// How long it has lasted, in seconds.
    public let seconds: Double
    /// How long it is to last, in seconds.
    public let wantedSeconds: Double

    private enum CodingKeys: String, CodingKey {
      case number, count, requests
      case wantedRequests = "wanted_requests"
      case seconds
      case wantedSeconds = "wanted_seconds"
    }
  }

  /// A decision in words.
  public struct Decision: Sendable, Hashable, Codable {
    /// When.
    public let time: Date
    /// What, and on what evidence.
    public let text: String
  }

  /// The experiment of the plan.
  public let experiment: String
  /// The phase, as metrics call it.
  public let phase: String
  /// The phase in a few words.
  public let phaseText: String
  /// The candidate's share of traffic.
  public let share: Double
  /// The step that is under way; `nil` for none.
  public let step: Step?
  /// Requests answered since the beginning.
  public let requests: ArmCounts
  /// What each guardrail has seen.
  public let evidence: [GuardrailEvidence]
  /// The latest decisions, newest first.
  public let decisions: [Decision]
  /// What can be asked for here.
  public let commands: [CanaryCommand.Kind]

  private enum CodingKeys: String, CodingKey {
    case experiment, phase
    case phaseText = "phase_text"
    case share, step, requests, evidence, decisions, commands
  }

  /// The most decisions that are shown.
  public static let decisionLimit = 20

  /// A canary at one moment.
  ///
  /// - Parameters:
  ///   - state: The canary.
  ///   - decisions: Its decisions, oldest first.
  ///   - time: The moment.
  public init(_ state: CanaryState, decisions: [CanaryDecision], at time: Date) {
    experiment = state.plan.experiment
    (phase, phaseText) = (state.phase.label, "\(state.phase)")
    (share, requests, evidence) = (state.share, state.requests, state.evidence)
    self.decisions = decisions.suffix(Self.decisionLimit).reversed().map {
      Decision(time: $0.time, text: "\($0)")
    }
    commands = state.phase.commands
    step =
      if case .ramping(let place) = state.phase {
        Step(
          number: place + 1, count: state.plan.steps.count,
          requests: state.steps[place].requests.candidate,
          wantedRequests: state.plan.steps[place].minimumRequests,
          seconds: max(0, time.timeIntervalSince(state.steps[place].beganAt)),
          wantedSeconds: state.plan.steps[place].minimumSeconds)
      } else {
        nil
      }
  }
}
