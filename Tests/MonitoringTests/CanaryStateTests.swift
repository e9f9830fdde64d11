import Evaluations
import Foundation
import Monitoring
import Testing

@Suite("Canary state")
struct CanaryStateTests {
  private static let start = Date(timeIntervalSince1970: 1_800_000_000)

  private func time(_ seconds: Double) -> Date { Self.start.addingTimeInterval(seconds) }

  private func plan(
    steps: [Double] = [0.1, 0.5, 1], guardrails: [Guardrail] = [Guardrail(.unsafe)],
    alpha: Double = 0.05, promotion: CanaryPlan.Promotion = .manual
  ) throws -> CanaryPlan {
    try CanaryPlan(
      experiment: "x",
      steps: steps.map { .init(share: $0, minimumRequests: 2, minimumSeconds: 60) },
      guardrails: guardrails, alpha: alpha, promotion: promotion)
  }

  /// An exposure of a user of its own.
  private func exposure(_ step: Int?, _ arm: CanaryArm, _ place: Double) -> CanaryExposure {
    CanaryExposure(experiment: "x", step: step, arm: arm, place: place)
  }

  private func begun(_ plan: CanaryPlan) throws -> CanaryState {
    var state = CanaryState(plan)
    _ = try state.begin(at: time(0))
    return state
  }

  /// Two answers of the candidate in a step, and the end of its time.
  private func finish(_ step: Int, of state: inout CanaryState) -> CanaryDecision? {
    for _ in 0..<2 {
      #expect(
        state.record(CanaryEvent(.answered, of: exposure(step, .candidate, 0)), at: time(0)) == nil)
    }
    return state.advance(at: time(Double(step + 1) * 60))
  }

  @Test("idle, three steps, holding, promoted by a person")
  func wholeWay() throws {
    var state = CanaryState(try plan())
    #expect(state.phase == .idle && state.share == 0)
    #expect(state.advance(at: time(1e6)) == nil)
    let first = try state.begin(at: time(0))
    #expect(first.from == .idle && first.to == .ramping(step: 0) && first.reason == .begun)
    #expect(first.share == 0.1 && first.time == time(0) && first.experiment == "x")
    let next = finish(0, of: &state)
    let second = try #require(next)
    #expect(second.to == .ramping(step: 1) && second.reason == .exposed && state.share == 0.5)
    #expect(second.requests == ArmCounts(candidate: 2))
    #expect(finish(1, of: &state)?.to == .ramping(step: 2) && state.share == 1)
    let end = finish(2, of: &state)
    let hold = try #require(end)
    #expect(hold.to == .holding && state.share == 1 && state.advance(at: time(1e6)) == nil)
    let last = try state.promote(because: "looked at", at: time(200))
    #expect(last.from == .holding && last.to == .promoted && last.reason == .asked("looked at"))
    #expect(
      "\(last)"
        == "canary 'x': holding for promotion → promoted, asked for: looked at; the candidate now "
        + "answers 100 % of the traffic (answered so far: 0 by the control, 6 by the candidate)")
  }

  @Test("promotion can be automatic")
  func automatic() throws {
    var state = try begun(plan(steps: [0.1, 0.5], promotion: .automatic))
    #expect(finish(0, of: &state)?.to == .ramping(step: 1))
    #expect(finish(1, of: &state)?.to == .promoted && state.share == 1)
  }

  @Test("a step needs its requests, the candidate's alone, and its time")
  func exposures() throws {
    var state = try begun(plan())
    for _ in 0..<9 {
      _ = state.record(CanaryEvent(.answered, of: exposure(0, .control, 0.5)), at: time(1))
    }
    _ = state.record(CanaryEvent(.answered, of: exposure(0, .candidate, 0)), at: time(1))
    #expect(state.advance(at: time(1000)) == nil)
    _ = state.record(CanaryEvent(.answered, of: exposure(0, .candidate, 0)), at: time(1))
    #expect(state.advance(at: time(59.9)) == nil)
    #expect(state.advance(at: time(60))?.requests == ArmCounts(control: 9, candidate: 2))
    // Late answers of the first step are none of the second's.
    for _ in 0..<5 {
      _ = state.record(CanaryEvent(.answered, of: exposure(0, .candidate, 0)), at: time(61))
    }
    #expect(state.advance(at: time(1000)) == nil && state.steps[0].requests.candidate == 7)
  }

  @Test("18 of 80 bad events at a share of 0.1 have an e-value of 74.06; 50 without one, of 0.1525")
  func vectors() throws {
    var state = try begun(plan(alpha: 0.001))
    // The control's first, since 18 of 18 would have rolled back.
    for place in 0..<80 {
      let arm: CanaryArm = place < 62 ? .control : .candidate
      let event = CanaryEvent(.unsafe, of: exposure(0, arm, Double(place) / 100))
      #expect(state.record(event, at: time(0)) == nil)
    }
    #expect(abs(exp(state.evidence[0].logEValue) - 74.0599) < 1e-4)
    #expect(state.evidence[0].badEvents == ArmCounts(control: 62, candidate: 18))
    state = try begun(plan())
    for place in 0..<50 {
      _ = state.record(
        CanaryEvent(.unsafe, of: exposure(0, .control, Double(place) / 100)), at: time(0))
    }
    #expect(abs(exp(state.evidence[0].logEValue) - 0.1525) < 1e-4 && state.phase.isUnderWay)
  }

  @Test("a guardrail rolls back at m/α, and the decision says on what it rests")
  func rollback() throws {
    var state = try begun(
      plan(guardrails: [Guardrail(.error), Guardrail(.refusal)]))
    var decision: CanaryDecision?
    var events = 0
    while decision == nil, events < 100 {
      decision = state.record(
        CanaryEvent(.error, of: exposure(0, .candidate, 0)), at: time(Double(events)))
      events += 1
    }
    let found = try #require(decision)
    // All n bad events the candidate's: E = n!·9!/((n + 9)!·0.1ⁿ)·(1 − I)/0.9⁹, which is 35.9 for n = 4 and
    // 128.8 for n = 5: the first above 2/0.05 = 40.
    #expect(events == 5)
    #expect(found.to == .rolledBack(.guardrail("error")) && found.share == 0)
    #expect(found.reason == .guardrail("error") && found.from == .ramping(step: 0))
    #expect(found.evidence.map(\.guardrail) == ["error", "refusal"])
    #expect(found.evidence[0].isAlarming && !found.evidence[1].isAlarming)
    #expect(abs(exp(found.evidence[0].limit) - 40) < 1e-9)
    #expect(
      "\(found)"
        == "canary 'x': step 1 → rolled back, 'error' has an e-value of 129, the limit is 40: 5 of 5 "
        + "bad events are the candidate's; the candidate now answers 0 % of the traffic (answered so far: 0 "
        + "by the control, 0 by the candidate)")
    let written = try JSONDecoder().decode(
      CanaryDecision.self, from: JSONEncoder().encode(found))
    #expect(written == found)
    // What comes later is counted, and decides nothing.
    #expect(state.record(CanaryEvent(.error, of: exposure(0, .candidate, 0)), at: time(9)) == nil)
    #expect(state.evidence[0].badEvents.candidate == 6)
  }

  @Test("the product over the steps is kept, and late events go where they belong")
  func product() throws {
    var (early, late) = (try begun(plan()), try begun(plan()))
    func add(_ state: inout CanaryState, _ step: Int, _ arm: CanaryArm, _ places: Range<Int>) {
      for place in places {
        let event = CanaryEvent(.unsafe, of: exposure(step, arm, Double(place) / 1000))
        #expect(state.record(event, at: time(0)) == nil)
      }
    }
    add(&early, 0, .candidate, 0..<2)
    add(&early, 0, .control, 100..<110)
    for step in 0..<2 { #expect(finish(0 + step, of: &early) != nil) }
    add(&early, 1, .candidate, 10..<14)
    add(&early, 1, .control, 200..<202)
    // The same, where the events of the first two steps become known in the third.
    for step in 0..<2 { #expect(finish(0 + step, of: &late) != nil) }
    add(&late, 1, .candidate, 10..<14)
    add(&late, 0, .control, 100..<110)
    add(&late, 1, .control, 200..<202)
    add(&late, 0, .candidate, 0..<2)
    #expect(early.evidence == late.evidence && early.steps == late.steps)
    var process = BetaBinomialEProcess(atMost: 0.1, prior: .init(a: 1, b: 9))
    process.record(successes: 2, failures: 10)
    var second = BetaBinomialEProcess(atMost: 0.5, prior: .uniform)
    second.record(successes: 4, failures: 2)
    #expect(abs(late.evidence[0].logEValue - process.logEValue - second.logEValue) < 1e-12)
    // Without a control there is nothing to compare, and the evidence stays.
    add(&late, 2, .candidate, 300..<340)
    #expect(late.evidence[0].logEValue == early.evidence[0].logEValue)
    #expect(late.steps[2].badEvents[0].candidate == 40)
  }

  @Test("while it holds for promotion, a late event of an earlier step still rolls back")
  func holding() throws {
    var state = try begun(plan(guardrails: [Guardrail(.error)]))
    for step in 0..<3 { #expect(finish(step, of: &state) != nil) }
    #expect(state.phase == .holding)
    for count in 1...4 {
      let decision = state.record(
        CanaryEvent(.error, of: exposure(0, .candidate, 0)), at: time(300))
      // 11.4 and 35.9 for three and four of as many: the latter is above 20.
      #expect((decision?.from == .holding) == (count == 4))
    }
  }

  @Test("of a user the first bad event counts, where users are counted")
  func users() throws {
    var state = try begun(
      plan(guardrails: [Guardrail(.unsafe), Guardrail(.unsafe, name: "all", counting: .events)]))
    for _ in 0..<3 {
      _ = state.record(CanaryEvent(.unsafe, of: exposure(0, .candidate, 0.05)), at: time(0))
    }
    _ = state.record(CanaryEvent(.unsafe, of: exposure(0, .control, 0.2)), at: time(0))
    #expect(
      state.steps[0].badEvents == [
        ArmCounts(control: 1, candidate: 1), .init(control: 1, candidate: 3),
      ])
  }

  @Test("each guardrail minds its own event, and latency above its bound")
  func kinds() {
    let events: [CanaryEvent.Kind] = [
      .answered, .unsafe, .error, .refusal, .latency(seconds: 2), .firstToken(seconds: 2),
      .negativeFeedback,
    ]
    func minded(_ badEvent: Guardrail.BadEvent) -> [CanaryEvent.Kind] {
      events.filter(Guardrail(badEvent).minds)
    }
    #expect(minded(.unsafe) == [.unsafe] && minded(.error) == [.error])
    #expect(minded(.refusal) == [.refusal] && minded(.negativeFeedback) == [.negativeFeedback])
    #expect(minded(.latency(above: 2)).isEmpty && minded(.firstToken(above: 2)).isEmpty)
    #expect(minded(.latency(above: 1.9)) == [.latency(seconds: 2)])
    #expect(minded(.firstToken(above: 1.9)) == [.firstToken(seconds: 2)])
  }

  @Test("forced arms, other experiments and what was outside the ramp count for nothing")
  func outsiders() throws {
    var state = try begun(plan(guardrails: [Guardrail(.error)]))
    let before = state
    let strangers = [
      state.exposure(of: "tester", forced: .candidate), exposure(nil, .candidate, 0),
      exposure(1, .candidate, 0), exposure(-1, .candidate, 0),
      CanaryExposure(experiment: "y", step: 0, arm: .candidate, place: 0),
    ]
    #expect(strangers[0].arm == .candidate && strangers[0].isForced)
    #expect(state.exposure(of: "tester", forced: .control).arm == .control)
    for stranger in strangers {
      for kind in [CanaryEvent.Kind.error, .answered] {
        #expect(state.record(CanaryEvent(kind, of: stranger), at: time(0)) == nil)
      }
    }
    #expect(state == before)
  }

  @Test("who answers follows the phase")
  func exposure() throws {
    var state = CanaryState(try plan())
    let users = (0..<1000).map(String.init)
    func candidates() -> Int { users.count { state.exposure(of: $0).arm == .candidate } }
    #expect(candidates() == 0 && state.exposure(of: "1").step == nil)
    _ = try state.begin(at: time(0))
    // 100 and five standard deviations.
    #expect(abs(candidates() - 100) < 48 && state.exposure(of: "1").step == 0)
    #expect(
      users.allSatisfy {
        state.exposure(of: $0).arm == state.plan.assignment.arm(of: $0, share: 0.1)
      })
    var stopped = state
    for step in 0..<3 { #expect(finish(step, of: &state) != nil) }
    #expect(candidates() == 1000 && state.exposure(of: "1").step == 2)
    _ = try state.promote(because: "", at: time(500))
    #expect(candidates() == 1000 && state.exposure(of: "1").step == nil)
    #expect(stopped.stop(at: time(1)) != nil)
    state = stopped
    #expect(candidates() == 0)
  }

  @Test("the kill switch works in every phase in which the candidate could answer")
  func killSwitch() throws {
    var state = CanaryState(try plan())
    var phases = [state]
    _ = try state.begin(at: time(0))
    phases.append(state)
    for step in 0..<3 { #expect(finish(step, of: &state) != nil) }
    phases.append(state)
    _ = try state.promote(because: "", at: time(300))
    phases.append(state)
    for phase in phases {
      state = phase
      let stopping = state.stop(at: time(400))
      let decision = try #require(stopping)
      #expect(decision.to == .stopped && decision.reason == .killSwitch && decision.share == 0)
      #expect(state.share == 0 && state.stop(at: time(401)) == nil)
      #expect(state.advance(at: time(1e6)) == nil)
    }
  }

  @Test("a state that was changed so that its parts do not fit is refused, not followed")
  func implausible() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    func refusal(of state: CanaryState, _ old: String, _ new: String) throws -> String? {
      let text = String(decoding: try encoder.encode(state), as: UTF8.self)
      #expect(text.contains(old))
      do {
        _ = try JSONDecoder().decode(
          CanaryState.self, from: Data(text.replacing(old, with: new).utf8))
        return nil
      } catch DecodingError.dataCorrupted(let context) { return context.debugDescription }
    }
    let (idle, state) = (CanaryState(try plan()), try begun(plan()))
    let seen = #""requests":{"candidate":0,"control":0}"#
    let bad = #""bad_events":[{"candidate":0,"control":0}]"#
    #expect(try refusal(of: state, seen, #""requests":{"candidate":7,"control":900}"#) == nil)
    for (state, old, new) in [
      (idle, #"{"idle":{}}"#, #"{"ramping":{"step":-1}}"#),
      (idle, #"{"idle":{}}"#, #"{"holding":{}}"#),
      (state, #"{"ramping":{"step":0}}"#, #"{"ramping":{"step":1}}"#),
      (state, seen, #""requests":{"candidate":-1,"control":0}"#),
      (state, bad, #""bad_events":[{"candidate":0,"control":-1}]"#),
      (state, bad, #""bad_events":[{"candidate":9000000000000000000,"control":0}]"#),
      (state, bad, #""bad_events":[]"#), (state, #""counted":[[]]"#, #""counted":[]"#),
    ] {
      #expect(try refusal(of: state, old, new) == "the state of the canary does not fit its plan")
    }
  }

  @Test("an α near 0 has a limit that is a number")
  func strictness() throws {
    let state = try begun(
      plan(guardrails: [Guardrail(.unsafe), Guardrail(.error)], alpha: .leastNonzeroMagnitude))
    // ln 2 + 1074·ln 2.
    #expect(abs(state.evidence[0].limit - 745.133_22) < 1e-4)
  }

  @Test("a person rolls back, with a reason")
  func asked() throws {
    var state = try begun(plan())
    let decision = try state.rollBack(because: "looks odd", at: time(5))
    #expect(decision.to == .rolledBack(.asked("looks odd")) && state.share == 0)
    #expect(state.stop(at: time(6)) == nil)
  }

  @Test("what cannot be is a sentence")
  func errors() throws {
    var state = CanaryState(try plan())
    func message(_ act: () throws -> Void) -> String? {
      do {
        try act()
        return nil
      } catch { return "\(error)" }
    }
    #expect(
      message { _ = try state.promote(because: "", at: time(0)) }
        == "canary 'x' cannot be promoted: it has not begun; begin it first")
    #expect(
      message { _ = try state.rollBack(because: "", at: time(0)) }
        == "canary 'x' cannot be rolled back: it has not begun; begin it first")
    _ = try state.begin(at: time(0))
    #expect(
      message { _ = try state.begin(at: time(0)) }
        == "canary 'x' cannot begin: it is at step 1 of 3; it is begun once")
    #expect(
      message { _ = try state.promote(because: "", at: time(0)) }
        == "canary 'x' cannot be promoted: it is at step 1 of 3; it can be after the last step")
    var promoted = state
    for step in 0..<3 { #expect(finish(step, of: &promoted) != nil) }
    #expect(
      message { _ = try promoted.begin(at: time(0)) }
        == "canary 'x' cannot begin: it holds for promotion; it is begun once")
    _ = try promoted.promote(because: "", at: time(300))
    #expect(
      message { _ = try promoted.rollBack(because: "", at: time(0)) }
        == "canary 'x' cannot be rolled back: it has been promoted; the kill switch still stops it")
    #expect(
      message { _ = try promoted.promote(because: "", at: time(0)) }
        == "canary 'x' cannot be promoted: it has been promoted; a new trial needs a plan with another "
        + "experiment")
    _ = state.stop(at: time(1))
    #expect(
      message { _ = try state.begin(at: time(0)) }
        == "canary 'x' cannot begin: it has been stopped; a new trial needs a plan with another experiment"
    )
    var undone = try begun(plan())
    _ = try undone.rollBack(because: "", at: time(1))
    #expect(
      message { _ = try undone.rollBack(because: "", at: time(0)) }
        == "canary 'x' cannot be rolled back: it has been rolled back; a new trial needs a plan with "
        + "another experiment")
  }
}

@Suite("Canary decisions, taken in again")
struct CanaryReplayTests {
  private let start = Date(timeIntervalSince1970: 1_800_000_000)

  @Test("an earlier state and the decisions since make the later state, where nothing was counted")
  func replay() throws {
    let plan = try CanaryPlan(
      experiment: "x",
      steps: [0.1, 0.5].map { .init(share: $0, minimumRequests: 1, minimumSeconds: 0) })
    let idle = CanaryState(plan)
    var state = idle
    let begun = try state.begin(at: start)
    let stopped = state.stop(at: start.addingTimeInterval(5))
    let stop = try #require(stopped)
    func replayed(_ decisions: [CanaryDecision], on state: CanaryState) -> ([Bool], CanaryState) {
      var state = state
      return (decisions.map { state.replay($0) }, state)
    }
    #expect(replayed([begun, stop], on: idle) == ([true, true], state))
    // Nor from the first step to the end of the ramp.
    let held = try JSONDecoder().decode(
      CanaryDecision.self,
      from: Data(
        String(decoding: JSONEncoder().encode(stop), as: UTF8.self)
          .replacing(#""to":{"stopped":{}}"#, with: #""to":{"holding":{}}"#).utf8))
    #expect(held.to == .holding)
    #expect(replayed([begun, held], on: idle).0 == [true, false])
    // Neither twice, nor out of order, nor of another canary.
    #expect(replayed([stop], on: state) == ([false], state))
    #expect(replayed([stop], on: idle) == ([false], idle))
    let other = CanaryState(try CanaryPlan(experiment: "y"))
    #expect(replayed([begun], on: other) == ([false], other))
  }
}
