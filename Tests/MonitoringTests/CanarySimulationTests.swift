import Foundation
import Monitoring
import PreferenceData
import Testing

/// Whether the large simulations run.
private let isSlow = ProcessInfo.processInfo.environment["ATTUNE_SLOW"] == "1"

@Suite("Canaries, simulated")
struct CanarySimulationTests {
  private let ramp = [0.01, 0.05, 0.25, 0.5]

  /// Of how many runs a guardrail ends the canary.
  private func rollbacks(_ simulation: CanarySimulation, runs: Int, seed: UInt64) throws -> Int {
    var random = SeededGenerator(seed: seed)
    return try (0..<runs).count { _ in try simulation.run(using: &random).event != nil }
  }

  /// The median number of bad events until a canary of one step ends.
  private func median(_ simulation: CanarySimulation, runs: Int, seed: UInt64) throws -> Int {
    var random = SeededGenerator(seed: seed)
    let events = try (0..<runs).map { _ in try simulation.run(using: &random).event ?? .max }
    return events.sorted()[runs / 2]
  }

  private func single(share: Double, ratio: Double, events: Int) throws -> CanarySimulation {
    try CanarySimulation(
      shares: [share], guardrails: [Guardrail(.unsafe)], ratios: [ratio], eventsPerStep: events + 1,
      events: events)
  }

  @Test(
    "one as good as the control is rolled back in less than 5 %, all steps and guardrails together")
  func falseAlarms() throws {
    let runs = isSlow ? 4000 : 300
    let simulation = try CanarySimulation(
      shares: ramp, guardrails: Guardrail.usual, ratios: Array(repeating: 1, count: 5),
      eventsPerStep: isSlow ? 1500 : 100)
    let alarms = try rollbacks(simulation, runs: runs, seed: 1)
    #expect(alarms < runs / 20 && alarms > 0, "\(alarms) of \(runs)")
  }

  @Test("with one guardrail, too")
  func falseAlarmsOfOne() throws {
    let runs = isSlow ? 4000 : 300
    let simulation = try CanarySimulation(
      shares: ramp, guardrails: [Guardrail(.unsafe)], ratios: [1], eventsPerStep: isSlow ? 300 : 80)
    let alarms = try rollbacks(simulation, runs: runs, seed: 2)
    #expect(alarms < runs / 20 && alarms > 0, "\(alarms) of \(runs)")
  }

  @Test(
    "a doubled rate is found at a median near 100 bad events at a share of 0.1, 160 at 0.05",
    arguments: [(0.1, 100), (0.05, 160)])
  func doubled(share: Double, expected: Int) throws {
    let simulation = try single(share: share, ratio: 2, events: 2000)
    let median = try median(simulation, runs: isSlow ? 4000 : 201, seed: 3)
    #expect(abs(median - expected) < (isSlow ? expected / 8 : expected / 4), "\(median)")
  }

  @Test("half the rate is rolled back in less than 1 %", arguments: [0.05, 0.1, 0.5])
  func halved(share: Double) throws {
    let runs = isSlow ? 4000 : 300
    let alarms = try rollbacks(
      single(share: share, ratio: 0.5, events: isSlow ? 2000 : 300), runs: runs, seed: 4)
    #expect(alarms < max(1, runs / 100), "\(alarms) of \(runs)")
  }

  @Test("the guardrail that is broken is the one that is named")
  func named() throws {
    let simulation = try CanarySimulation(
      shares: ramp, guardrails: Guardrail.usual, ratios: [1, 1, 4, 1, 1], eventsPerStep: 400)
    var random = SeededGenerator(seed: 5)
    let reasons = try (0..<20).map { _ in try simulation.run(using: &random).decisions.last?.reason
    }
    #expect(reasons.count { $0 == .guardrail("refusal") } >= 18, "\(reasons)")
  }

  @Test("saved and read every seventh event, it decides the same at the same events")
  func saved() throws {
    var simulation = try CanarySimulation(
      shares: ramp, guardrails: Guardrail.usual, ratios: [2, 1, 1, 2, 1], eventsPerStep: 60)
    var (random, again) = (SeededGenerator(seed: 6), SeededGenerator(seed: 6))
    var ends: Set<Bool> = []
    for _ in 0..<12 {
      simulation.isSaved = false
      let whole = try simulation.run(using: &random)
      simulation.isSaved = true
      let pieces = try simulation.run(using: &again)
      #expect(whole.decisions == pieces.decisions && whole.event == pieces.event)
      ends.insert(whole.event == nil)
    }
    #expect(ends.count == 2, "all runs end alike")
  }

  /// Users of whom few ask for most of what is unsafe: whether a canary of equal models is rolled back.
  private func stickyAlarms(_ counting: Guardrail.Counting, runs: Int) throws -> Int {
    var random = SeededGenerator(seed: 7)
    let plan = try CanaryPlan(
      experiment: "sticky", steps: [.init(share: 0.1)],
      guardrails: [Guardrail(.unsafe, counting: counting)])
    return try (0..<runs).count { _ in
      var state = CanaryState(plan)
      _ = try state.begin(at: .distantPast)
      // Most cause one bad event, one in ten causes thirty, in any order.
      let events = (0..<60).flatMap { _ -> [CanaryExposure] in
        let place = random.unit()
        let exposure = CanaryExposure(
          experiment: "sticky", step: 0, arm: place < 0.1 ? .candidate : .control, place: place)
        return Array(repeating: exposure, count: random.unit() < 0.1 ? 30 : 1)
      }
      return random.permutation(of: events.count).contains {
        state.record(CanaryEvent(.unsafe, of: events[$0]), at: .distantPast) != nil
      }
    }
  }

  @Test(
    "a few users who ask for most of what is unsafe are no false alarm, where users are counted")
  func sticky() throws {
    let runs = isSlow ? 2000 : 200
    let (users, events) = (
      try stickyAlarms(.users, runs: runs), try stickyAlarms(.events, runs: runs)
    )
    #expect(users < runs / 20)
    // Why it is not the same: a tenth of the users decide.
    #expect(events > runs / 10)
  }
}
