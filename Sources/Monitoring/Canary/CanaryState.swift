#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A canary under way: who answers, what was seen, what was decided.
///
///     var canary = CanaryState(plan)
///     log(try canary.begin(at: now))
///     let exposure = canary.exposure(of: "user 17")                    // at each request
///     if let decision = canary.record(CanaryEvent(.unsafe, of: exposure), at: now) { log(decision) }
///     if let decision = canary.advance(at: now) { log(decision) }      // from time to time
///
/// It is a plain value: saved at any moment and read again, it goes on as if nothing had been. Each
/// event belongs to the step and arm in which its request was assigned, whenever it comes; so that the
/// product of the e-values of all steps stays an e-value, in whichever order their events come.
public struct CanaryState: Sendable, Hashable, Codable {
  /// The plan.
  public let plan: CanaryPlan
  /// Where it stands.
  public internal(set) var phase: CanaryPhase
  /// The steps that have begun, in order.
  public internal(set) var steps: [CanaryStepTally]
  /// By guardrail that counts users, the places of those that are counted.
  private var counted: [Set<Double>]

  private enum CodingKeys: String, CodingKey { case plan, phase, steps, counted }

  /// A canary that has not begun.
  ///
  /// - Parameter plan: The plan.
  public init(_ plan: CanaryPlan) {
    self.plan = plan
    phase = .idle
    steps = []
    counted = Array(repeating: [], count: plan.guardrails.count)
  }

  /// Reads a canary that was saved.
  ///
  /// - Parameter decoder: Where from.
  /// - Throws: `DecodingError` for what is none, or has been changed so that its parts do not fit.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    plan = try container.decode(CanaryPlan.self, forKey: .plan)
    phase = try container.decode(CanaryPhase.self, forKey: .phase)
    steps = try container.decode([CanaryStepTally].self, forKey: .steps)
    counted = try container.decode([Set<Double>].self, forKey: .counted)
    guard isPlausible else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: container.codingPath,
          debugDescription: "the state of the canary does not fit its plan"))
    }
  }

  /// Whether its parts fit each other.
  var isPlausible: Bool {
    let guardrails = plan.guardrails.count
    guard steps.count <= plan.steps.count, counted.count == guardrails,
      steps.allSatisfy({ $0.badEvents.count == guardrails && $0.isPlausible })
    else { return false }
    return switch phase {
    case .idle: steps.isEmpty
    case .ramping(let step): step >= 0 && step == steps.count - 1
    case .holding, .promoted: steps.count == plan.steps.count
    case .rolledBack, .stopped: true
    }
  }

  /// The candidate's share of traffic.
  public var share: Double {
    switch phase {
    case .idle, .rolledBack, .stopped: 0
    case .ramping(let step): plan.steps[step].share
    case .holding: plan.steps[plan.steps.count - 1].share
    case .promoted: 1
    }
  }

  /// Who answers a request.
  ///
  /// - Parameters:
  ///   - unit: What stays with one model: the id of a user, of a session, or of a request that has
  ///     neither.
  ///   - arm: Who is to answer whatever the share is, for tests; what comes of it is not counted.
  /// - Returns: The assignment, to be kept with the response's id.
  public func exposure(of unit: String, forced arm: CanaryArm? = nil) -> CanaryExposure {
    let place = plan.assignment.place(of: unit)
    return CanaryExposure(
      experiment: plan.experiment, step: phase.isUnderWay ? steps.count - 1 : nil,
      arm: arm ?? CanaryAssignment.arm(at: place, share: share), place: place,
      isForced: arm != nil)
  }

  /// Takes in what became known of an answer.
  ///
  /// Events of forced assignments, of requests outside the ramp and of other experiments count for
  /// nothing. After the end they are still counted, and decide nothing.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - time: When it became known.
  /// - Returns: The rollback, if a guardrail has reached its limit.
  public mutating func record(_ event: CanaryEvent, at time: Date) -> CanaryDecision? {
    let (kind, exposure) = (event.kind, event.exposure)
    guard exposure.experiment == plan.experiment, !exposure.isForced, let step = exposure.step,
      steps.indices.contains(step)
    else { return nil }
    if kind == .answered { steps[step].requests[exposure.arm] += 1 }
    var alarm: CanaryReason?
    for (index, guardrail) in plan.guardrails.enumerated() where guardrail.minds(kind) {
      switch guardrail.counting {
      case .events: break
      case .users: guard counted[index].insert(exposure.place).inserted else { continue }
      }
      steps[step].badEvents[index][exposure.arm] += 1
      if alarm == nil, evidence(of: index).isAlarming { alarm = .guardrail(guardrail.name) }
    }
    guard phase.isUnderWay, let alarm else { return nil }
    return move(to: .rolledBack(alarm), because: alarm, at: time)
  }

  /// Requests answered since the beginning.
  public var requests: ArmCounts { steps.reduce(ArmCounts()) { $0 + $1.requests } }

  /// What each guardrail has seen, in the order of the plan.
  public var evidence: [GuardrailEvidence] { plan.guardrails.indices.map(evidence) }

  private func evidence(of guardrail: Int) -> GuardrailEvidence {
    GuardrailEvidence(
      guardrail: plan.guardrails[guardrail].name,
      logEValue: zip(steps, plan.steps).reduce(0) { sum, step in
        sum + Guardrail.logEValue(of: step.0.badEvents[guardrail], share: step.1.share)
      },
      // The quotient may be beyond all numbers, its logarithm is not.
      limit: log(Double(plan.guardrails.count)) - log(plan.alpha),
      badEvents: steps.reduce(ArmCounts()) { $0 + $1.badEvents[guardrail] })
  }
}
