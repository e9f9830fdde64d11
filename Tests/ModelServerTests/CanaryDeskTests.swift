import Foundation
import ModelServer
import Monitoring
import Synchronization
import Testing

/// A folder of a test, which goes with it.
private final class TestFolder: Sendable {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("attune-canary-\(UUID().uuidString)").path

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite("Canary desk")
struct CanaryDeskTests {
  private static let start = Date(timeIntervalSince1970: 1_800_000_000)
  private let home = TestFolder()
  private let registry = MetricsRegistry()

  private var folder: String { home.path }

  private func time(_ seconds: Double) -> Date { Self.start.addingTimeInterval(seconds) }

  private func plan(
    _ experiment: String = "x", alpha: Double = 0.05
  ) throws -> CanaryPlan {
    try CanaryPlan(
      experiment: experiment,
      steps: [0.25, 0.5].map { .init(share: $0, minimumRequests: 2, minimumSeconds: 60) },
      guardrails: [Guardrail(.error), Guardrail(.unsafe)], alpha: alpha)
  }

  private func desk(
    _ plan: CanaryPlan? = nil, _ onDecision: @escaping @Sendable (CanaryDecision) -> Void = { _ in }
  ) throws -> CanaryDesk {
    try CanaryDesk(plan ?? self.plan(), folder: folder, registry: registry, onDecision: onDecision)
  }

  private var state: String { "\(folder)/state.json" }
  private var log: String { "\(folder)/decisions.jsonl" }
  private func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  private func sentence(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch { return "\(error)" }
  }

  private func event(_ kind: CanaryEvent.Kind, _ arm: CanaryArm = .candidate) -> CanaryEvent {
    CanaryEvent(kind, of: CanaryExposure(experiment: "x", step: 0, arm: arm, place: 0))
  }

  @Test("begun, answered, advanced and promoted; each decision is a line, and told once")
  func wholeWay() throws {
    let told = Mutex([String]())
    let desk = try desk { decision in told.withLock { $0.append("\(decision.to)") } }
    #expect(desk.exposure(of: "ada").arm == .control && desk.exposure(of: "ada").step == nil)
    try desk.carryOut(.begin, at: time(0))
    #expect(desk.exposure(of: "ada").step == 0)
    #expect(desk.exposure(of: "ada", forced: .candidate).isForced)
    for step in 0..<2 {
      for _ in 0..<2 {
        desk.record(
          CanaryEvent(
            .answered,
            of: CanaryExposure(experiment: "x", step: step, arm: .candidate, place: 0)),
          at: time(1))
      }
      #expect(try desk.tick(at: time(Double(60 * step + 59))) == nil)
      #expect(try desk.tick(at: time(Double(60 * step + 60))) != nil)
    }
    #expect(desk.state.phase == .holding)
    try desk.carryOut(.promote(because: "looked at"), at: time(200))
    #expect(desk.state.phase == .promoted && desk.decisions.count == 4)
    #expect(
      told.withLock { $0 } == ["step 1", "step 2", "holding for promotion", "promoted"])
    let lines = text(log).split(separator: "\n")
    #expect(lines.count == 4 && lines[0].contains(#""time":"2027-01-15T08:00:00Z""#))
    #expect(lines[3].contains(#""asked":{"_0":"looked at"}"#))
  }

  @Test("who is asked what it cannot do says so, and nothing is logged")
  func impossible() throws {
    let desk = try desk()
    #expect(
      sentence { try desk.carryOut(.promote(because: ""), at: time(0)) }
        == "canary 'x' cannot be promoted: it has not begun; begin it first")
    #expect(text(log).isEmpty && desk.decisions.isEmpty)
    #expect(try desk.carryOut(.stop, at: time(1))?.to == .stopped)
    #expect(try desk.carryOut(.stop, at: time(2)) == nil)
    #expect(desk.decisions.count == 1)
  }

  @Test("a guardrail rolls back, and the log says so before anybody else does")
  func rollback() throws {
    let seen = Mutex([String]())
    let path = log
    let desk = try desk { decision in
      let logged = FileManager.default.contents(atPath: path) ?? Data()
      seen.withLock { $0.append("\(decision.to): \(logged.split(separator: 10).count)") }
    }
    try desk.carryOut(.begin, at: time(0))
    var events = 0
    while desk.record(event(.error), at: time(1)) == nil, events < 100 { events += 1 }
    #expect(desk.state.phase == .rolledBack(.guardrail("error")) && desk.state.share == 0)
    #expect(seen.withLock { $0 } == ["step 1: 1", "rolled back: 2"])
    #expect(desk.exposure(of: "ada").arm == .control)
  }

  @Test("events are saved by the tick, at most once a second; a decision at once")
  func saving() throws {
    let desk = try desk()
    #expect(!FileManager.default.fileExists(atPath: state))
    try desk.carryOut(.begin, at: time(0))
    let begun = text(state)
    #expect(begun.contains(#""decisions":1"#))
    desk.record(event(.answered), at: time(0.1))
    try desk.tick(at: time(0.9))
    #expect(text(state) == begun)
    try desk.tick(at: time(1))
    let counted = text(state)
    #expect(counted != begun && counted.contains(#""requests":{"candidate":1,"control":0}"#))
    // Nothing new is not saved again.
    try write("gone", to: state)
    try desk.tick(at: time(5))
    #expect(text(state) == "gone")
    desk.record(event(.answered), at: time(5.5))
    try desk.save(at: time(5.5))
    #expect(text(state).contains(#""requests":{"candidate":2,"control":0}"#))
  }

  @Test("started again, it goes on where it was, and counters begin at 0")
  func restart() throws {
    var before: CanaryState?
    do {
      let desk = try desk()
      try desk.carryOut(.begin, at: time(0))
      for _ in 0..<3 { desk.record(event(.answered), at: time(1)) }
      desk.record(event(.error), at: time(1))
      try desk.save(at: time(2))
      before = desk.state
    }
    let registry = MetricsRegistry()
    let again = try CanaryDesk(plan(), folder: folder, registry: registry) { _ in }
    #expect(again.state == before && again.decisions.map(\.to) == [.ramping(step: 0)])
    #expect(registry.values(of: .canaryShare) == [[]: 0.25])
    #expect(registry.values(of: .canaryRequests) == [["control"]: 0, ["candidate"]: 0])
    again.record(event(.answered), at: time(3))
    #expect(try again.tick(at: time(60))?.to == .ramping(step: 1))
    #expect(registry.values(of: .canaryRequests) == [["control"]: 0, ["candidate"]: 1])
    #expect(registry.values(of: .canaryShare) == [[]: 0.5])
    #expect(registry.values(of: .canaryDecisions) == [["ramping"]: 1])
    let limits = registry.values(of: .canaryLimit)
    // ln(2/0.05)
    #expect(abs((limits[["error"]] ?? 0) - 3.688879454) < 1e-9)
    #expect((registry.values(of: .canaryEvidence)[["error"]] ?? 0) > 0)
  }

  @Test("killed between log and state, the decision is taken in again")
  func crash() throws {
    var before = ""
    do {
      let desk = try desk()
      try desk.carryOut(.begin, at: time(0))
      before = text(state)
      try desk.carryOut(.rollBack(because: "by hand"), at: time(5))
    }
    // The state of before the rollback, and half a line of a decision that nobody followed.
    try write(before, to: state)
    try write(text(log) + #"{"evidence":["#, to: log)
    do {
      let again = try desk()
      #expect(again.state.phase == .rolledBack(.asked("by hand")))
      #expect(again.decisions.count == 2 && text(log).split(separator: "\n").count == 2)
      try again.tick(at: time(6))
      #expect(text(state).contains(#""decisions":2"#))
    }
    // Without any state, the log alone says where it stands.
    try FileManager.default.removeItem(atPath: state)
    #expect(try desk().state.phase == .rolledBack(.asked("by hand")))
  }

  @Test("a decision holds even if its state cannot be saved, and the tick says why and tries again")
  func unsavable() throws {
    let desk = try desk()
    try desk.carryOut(.begin, at: time(0))
    // A file that cannot be replaced, since a folder has its name.
    try FileManager.default.removeItem(atPath: state)
    try FileManager.default.createDirectory(
      atPath: "\(state)/in/the/way", withIntermediateDirectories: true)
    try desk.carryOut(.rollBack(because: "by hand"), at: time(1))
    #expect(desk.state.share == 0 && text(log).split(separator: "\n").count == 2)
    #expect(
      sentence { try desk.tick(at: time(3)) }
        == "\(state): is not a regular file and is left alone; choose another file name")
    try FileManager.default.removeItem(atPath: state)
    try desk.tick(at: time(4))
    #expect(text(state).contains("rolled_back"))
  }

  @Test("files of another experiment, another plan, another desk or that are damaged are refused")
  func refused() throws {
    do {
      let desk = try desk()
      #expect(
        sentence { _ = try self.desk() }
          == "\(folder): another server follows this canary; stop it, or give another folder")
      // Before it has begun, the plan may change.
      try desk.tick(at: time(0))
    }
    do {
      let desk = try desk(plan(alpha: 0.01))
      #expect(desk.state.plan.alpha == 0.01)
      try desk.carryOut(.begin, at: time(0))
    }
    #expect(
      sentence { _ = try self.desk() }
        == "\(state): the experiment 'x' has begun with another plan; give that plan, or the changed "
        + "one another experiment and another folder")
    #expect(
      sentence { _ = try self.desk(plan("y")) }
        == "\(log): is of the experiment 'x', and the plan is of 'y'; give another folder, or the "
        + "plan that it began with")
    let (goodState, goodLog) = (text(state), text(log))
    try write("", to: log)
    #expect(
      sentence { _ = try self.desk(plan("y")) }
        == "\(state): is of the experiment 'x', and the plan is of 'y'; give another folder, or the "
        + "plan that it began with")
    #expect(
      sentence { _ = try self.desk(plan(alpha: 0.01)) }
        == "\(log): has 0 decisions, and the state beside it knows of 1; put back the files as they "
        + "were together, or begin another experiment in another folder")
    try write("{}\n", to: log)
    #expect(
      sentence { _ = try self.desk(plan(alpha: 0.01)) }
        == "\(log):1: is not a decision of a canary; put back what stood there, or begin another "
        + "experiment in another folder")
    // What begins at idle does not follow from a step.
    let promoted = goodLog.replacing(
      #""to":{"ramping":{"step":0}}"#, with: #""to":{"promoted":{}}"#)
    try write(goodLog + promoted, to: log)
    #expect(
      sentence { _ = try self.desk(plan(alpha: 0.01)) }?.hasPrefix(
        "\(log):2: does not follow from the state beside it: canary 'x': idle → promoted") == true)
    try write(goodLog, to: log)
    try write("{", to: state)
    #expect(
      sentence { _ = try self.desk(plan(alpha: 0.01)) }?.hasPrefix(
        "\(state): is not the state of a canary: ") == true)
    try write("{}", to: state)
    #expect(
      sentence { _ = try self.desk(plan(alpha: 0.01)) }
        == "\(state): is not the state of a canary: a part of it is missing; put back a copy, or begin "
        + "another experiment in another folder")
    try write(goodState, to: state)
    #expect(try desk(plan(alpha: 0.01)).state.phase == .ramping(step: 0))
  }

  @Test("hundreds of tasks at once: no event is lost, and one rollback is made")
  func concurrency() async throws {
    let told = Mutex(0)
    let desk = try desk { _ in told.withLock { $0 += 1 } }
    try desk.carryOut(.begin, at: time(0))
    let (error, start) = (event(.error), time(0))
    await withTaskGroup { group in
      for task in 0..<400 {
        group.addTask {
          let exposure = desk.exposure(of: "user \(task)")
          for _ in 0..<5 { desk.record(CanaryEvent(.answered, of: exposure), at: start) }
          desk.record(error, at: start)
          if task.isMultiple(of: 50) { _ = try? desk.tick(at: start + Double(task)) }
        }
      }
    }
    try desk.tick(at: time(1e6))
    let requests = desk.state.requests
    // Whoever came after the rollback is in no step.
    #expect(requests.control + requests.candidate <= 2000)
    let errors = desk.state.evidence[0].badEvents
    #expect(errors == ArmCounts(candidate: 400))
    #expect(desk.decisions.count == 2 && told.withLock { $0 } == 2)
    #expect(text(log).split(separator: "\n").count == 2)
    #expect(
      registry.values(of: .canaryBadEvents)[["error", "candidate"]] == 400)
    #expect(
      registry.values(of: .canaryDecisions) == [["ramping"]: 1, ["rolled_back"]: 1])
  }

  @Test("a snapshot says what people see")
  func snapshot() throws {
    let desk = try desk()
    #expect(desk.snapshot(at: time(0)).commands == [.begin, .stop])
    try desk.carryOut(.begin, at: time(0))
    desk.record(event(.answered), at: time(1))
    let snapshot = desk.snapshot(at: time(30))
    #expect(snapshot.phase == "ramping" && snapshot.phaseText == "step 1")
    #expect(snapshot.share == 0.25 && snapshot.commands == [.rollBack, .stop])
    let step = try #require(snapshot.step)
    #expect(step.number == 1 && step.count == 2 && step.requests == 1)
    #expect(step.wantedRequests == 2 && step.seconds == 30 && step.wantedSeconds == 60)
    #expect(snapshot.evidence.map(\.guardrail) == ["error", "unsafe"])
    #expect(
      snapshot.decisions.map(\.text) == [
        "canary 'x': idle → step 1, begun; the candidate now answers 25 % of the traffic (answered so "
          + "far: 0 by the control, 0 by the candidate)"
      ])
    try desk.carryOut(.stop, at: time(40))
    #expect(desk.snapshot(at: time(41)).commands.isEmpty)
    #expect(desk.snapshot(at: time(41)).decisions.map(\.time) == [time(40), time(0)])
    let object = try JSONEncoder().encode(snapshot)
    #expect(try JSONDecoder().decode(CanarySnapshot.self, from: object) == snapshot)
    #expect(CanaryCommand(.promote, because: "why") == .promote(because: "why"))
    #expect(CanaryCommand.Kind.allCases.filter(\.needsReason) == [.promote, .rollBack])
  }
}
