import Foundation
import Monitoring
import PreferenceData

/// A canary that only bad events are told of, each of another user.
struct CanarySimulation {
  var plan: CanaryPlan
  /// By guardrail, the candidate's rate of bad events by the control's.
  var ratios: [Double]
  /// How many bad events come before it ends.
  var events: Int
  /// Whether the state goes through a file now and then.
  var isSaved = false

  /// A canary whose steps last for so many bad events each.
  init(
    shares: [Double], guardrails: [Guardrail], ratios: [Double], eventsPerStep: Int,
    events: Int? = nil
  ) throws {
    plan = try CanaryPlan(
      experiment: "simulated",
      steps: shares.map {
        .init(share: $0, minimumRequests: 1, minimumSeconds: Double(eventsPerStep))
      }, guardrails: guardrails)
    self.ratios = ratios
    self.events = events ?? eventsPerStep * shares.count
  }

  /// The decisions of one run, and how many bad events had come at the last; a second each.
  func run(using random: inout SeededGenerator) throws -> (decisions: [CanaryDecision], event: Int?)
  {
    var state = CanaryState(plan)
    let start = Date(timeIntervalSince1970: 1_800_000_000)
    var decisions = [try state.begin(at: start)]
    for event in 0..<events {
      if isSaved, event.isMultiple(of: 7) {
        state = try JSONDecoder().decode(CanaryState.self, from: JSONEncoder().encode(state))
      }
      let now = start.addingTimeInterval(Double(event))
      guard case .ramping(let step) = state.phase else { break }
      let share = state.share
      let guardrail = Int(random.uniform(below: UInt64(ratios.count)))
      let candidate = share * ratios[guardrail]
      let isCandidate = random.unit() * (candidate + 1 - share) < candidate
      let exposure = CanaryExposure(
        experiment: "simulated", step: step, arm: isCandidate ? .candidate : .control,
        place: isCandidate ? share * random.unit() : share + (1 - share) * random.unit())
      let answered = CanaryEvent(
        .answered,
        of: CanaryExposure(experiment: "simulated", step: step, arm: .candidate, place: 0))
      _ = state.record(answered, at: now)
      let kind = plan.guardrails[guardrail].badEvent.example
      if let decision = state.record(CanaryEvent(kind, of: exposure), at: now) {
        return (decisions + [decision], event + 1)
      }
      if let decision = state.advance(at: now) { decisions.append(decision) }
    }
    return (decisions, nil)
  }
}

extension Guardrail.BadEvent {
  /// What became known where it happens.
  var example: CanaryEvent.Kind {
    switch self {
    case .unsafe: .unsafe
    case .error: .error
    case .refusal: .refusal
    case .latency(let bound): .latency(seconds: 2 * bound)
    case .firstToken(let bound): .firstToken(seconds: 2 * bound)
    case .negativeFeedback: .negativeFeedback
    }
  }
}
