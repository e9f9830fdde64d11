#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension CanaryState {
  /// Begins the first step.
  ///
  /// - Parameter time: The present moment.
  /// - Returns: The decision, to be logged.
  /// - Throws: ``CanaryError`` if it was begun before.
  public mutating func begin(at time: Date) throws(CanaryError) -> CanaryDecision {
    guard phase == .idle else { throw CanaryError(.begin, in: phase, of: plan) }
    return move(to: .ramping(step: 0), because: .begun, at: time)
  }

  /// Goes on to the next step, if this one had its requests and its time.
  ///
  /// - Parameter time: The present moment.
  /// - Returns: The decision, if there is one.
  public mutating func advance(at time: Date) -> CanaryDecision? {
    guard case .ramping(let step) = phase else { return nil }
    let (wanted, seen) = (plan.steps[step], steps[step])
    guard seen.requests.candidate >= wanted.minimumRequests,
      time.timeIntervalSince(seen.beganAt) >= wanted.minimumSeconds
    else { return nil }
    let isLast = step == plan.steps.count - 1
    let next: CanaryPhase =
      switch (isLast, plan.promotion) {
      case (false, _): .ramping(step: step + 1)
      case (true, .manual): .holding
      case (true, .automatic): .promoted
      }
    return move(to: next, because: .exposed, at: time)
  }

  /// Puts the candidate into use after the ramp, because a person says so.
  ///
  /// - Parameters:
  ///   - reason: What the log is to say.
  ///   - time: The present moment.
  /// - Returns: The decision, to be logged.
  /// - Throws: ``CanaryError`` unless it holds for promotion.
  public mutating func promote(
    because reason: String, at time: Date
  ) throws(CanaryError) -> CanaryDecision {
    guard phase == .holding else { throw CanaryError(.promote, in: phase, of: plan) }
    return move(to: .promoted, because: .asked(reason), at: time)
  }

  /// Takes the candidate out of use, because a person says so.
  ///
  /// - Parameters:
  ///   - reason: What the log is to say.
  ///   - time: The present moment.
  /// - Returns: The decision, to be logged.
  /// - Throws: ``CanaryError`` where there is no ramp under way.
  public mutating func rollBack(
    because reason: String, at time: Date
  ) throws(CanaryError) -> CanaryDecision {
    guard phase.isUnderWay else { throw CanaryError(.rollBack, in: phase, of: plan) }
    return move(to: .rolledBack(.asked(reason)), because: .asked(reason), at: time)
  }

  /// The kill switch: takes the candidate out of use at once, even after promotion.
  ///
  /// - Parameter time: The present moment.
  /// - Returns: The decision; `nil` where the candidate is out of use for good already.
  public mutating func stop(at time: Date) -> CanaryDecision? {
    switch phase {
    case .rolledBack, .stopped: nil
    case .idle, .ramping, .holding, .promoted: move(to: .stopped, because: .killSwitch, at: time)
    }
  }

  /// Takes in a decision that was logged, of a canary that was saved before it and killed after it.
  ///
  /// - Parameter decision: One of this canary's.
  /// - Returns: Whether it follows from where the canary stands; else nothing has changed.
  public mutating func replay(_ decision: CanaryDecision) -> Bool {
    guard decision.experiment == plan.experiment, decision.from == phase else { return false }
    var next = self
    _ = next.move(to: decision.to, because: decision.reason, at: decision.time)
    guard next.isPlausible else { return false }
    self = next
    return true
  }

  /// Changes the phase, and begins the step of the new one.
  mutating func move(
    to next: CanaryPhase, because reason: CanaryReason, at time: Date
  ) -> CanaryDecision {
    let before = phase
    phase = next
    if case .ramping = next {
      steps.append(CanaryStepTally(beganAt: time, guardrails: plan.guardrails.count))
    }
    return CanaryDecision(
      time: time, experiment: plan.experiment, from: before, to: next, reason: reason,
      share: share, requests: requests, evidence: evidence)
  }
}
