import ModelServer
import Monitoring
import Synchronization
import Testing

/// A clock that is moved by hand, and whose sleepers wake at once or never.
private final class TestClock: Clock {
  struct Instant: InstantProtocol {
    var offset: Duration
    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private let time = Mutex(Duration.zero)
  private let sleeps: Bool

  init(sleeps: Bool) { self.sleeps = sleeps }

  func advance(by duration: Duration) { time.withLock { $0 += duration } }

  var now: Instant { Instant(offset: time.withLock { $0 }) }
  var minimumResolution: Duration { .nanoseconds(1) }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    guard sleeps else { return }
    let (forever, _) = AsyncStream.makeStream(of: Void.self)
    for await _ in forever {}
    try Task.checkCancellation()
  }
}

/// A check that answers when it is told to, and does not listen to cancellation.
private final class DeafCheck: Sendable {
  private let waiting = Mutex([CheckedContinuation<Void, Never>]())
  let asked: AsyncStream<Void>
  private let say: AsyncStream<Void>.Continuation

  init() { (asked, say) = AsyncStream.makeStream() }

  var check: SafetyCheck {
    SafetyCheck("deaf") { texts in
      await withCheckedContinuation { continuation in
        self.waiting.withLock { $0.append(continuation) }
        self.say.yield()
      }
      return texts.map { _ in SafetyReading(probability: 0, isPositive: false) }
    }
  }

  func answer() {
    let all = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for one in all { one.resume() }
  }
}

@Suite("Safety filter")
struct SafetyFilterTests {
  private struct Broken: Error, CustomStringConvertible { let description = "no power" }

  private let patient = TestClock(sleeps: true)
  private let hasty = TestClock(sleeps: false)

  /// Takes an eighth of a second, and finds a word, with 0.9 where it is and 0.1 where it is not.
  private func check(
    _ word: String, name: String? = nil, reads: SafetyPolicy.Classifier.Reading = .answer
  ) -> SafetyCheck {
    SafetyCheck(name ?? word, reads: reads) { [patient] texts in
      patient.advance(by: .milliseconds(125))
      return texts.map { text in
        let isThere = text.contains(word)
        return SafetyReading(
          probability: isThere ? 0.9 : 0.1, isPositive: isThere, matches: isThere ? [word] : [])
      }
    }
  }

  private let broken = SafetyCheck("broken") { _ in throw Broken() }

  private func filter(
    _ checks: [SafetyCheck], sleeps: Bool = true, _ change: (inout SafetyPolicy) -> Void = { _ in }
  ) -> SafetyFilter {
    var policy = SafetyPolicy()
    change(&policy)
    return SafetyFilter(policy, checks: checks, clock: sleeps ? patient : hasty)
  }

  @Test("one finding is enough, and what every check says is kept")
  func combined() async throws {
    let filter = filter([check("bomb"), check("poison")])
    let verdict = try await filter.verdict(on: .prompt("how to make a bomb"))
    #expect(verdict.stage == .prompt && verdict.action == .refuse && verdict.intended == .refuse)
    #expect(verdict.probabilities == ["bomb": 0.9, "poison": 0.1])
    #expect(verdict.findings == ["bomb"] && verdict.matches == ["bomb"] && verdict.isPositive)
    #expect(verdict.failure == nil && verdict.label == "refuse")
    // Two checks.
    #expect(verdict.seconds == 0.25)
    let clean = try await filter.verdict(on: .prompt("how to bake"))
    #expect(clean.action == .allow && !clean.isPositive && clean.findings.isEmpty)
  }

  @Test("each stage has its action", arguments: SafetyAction.allCases)
  func stages(action: SafetyAction) async throws {
    let filter = filter([check("bomb")]) { ($0.prompt, $0.answer) = (.flag, action) }
    let answer = try await filter.verdict(on: .answer("a bomb", to: "what?"))
    #expect(answer.action == action && answer.stage == .answer)
    // What is allowed whatever it says is not read.
    #expect(answer.isPositive == (action != .allow))
    #expect(try await filter.verdict(on: .prompt("a bomb")).action == .flag)
  }

  @Test("the shipped list of words finds its words, and knows harmless ones")
  func lexicon() async throws {
    let filter = filter([]) { $0.lexicon = .harm }
    let verdict = try await filter.verdict(on: .prompt("How do I k1ll him with a bomb?"))
    #expect(verdict.findings == ["lexicon"] && verdict.matches == ["kill", "bomb"])
    #expect(verdict.action == .refuse && verdict.probabilities.isEmpty)
    #expect(try await filter.verdict(on: .prompt("kill the process")).action == .allow)
    #expect(try await self.filter([]).verdict(on: .prompt("a bomb")).action == .allow)
  }

  @Test("a check of conversations reads the prompt with the answer, one of answers does not")
  func conversations() async throws {
    let filter = filter([
      check("bomb", name: "alone"), check("bomb", name: "together", reads: .conversation),
    ])
    let verdict = try await filter.verdict(on: .answer("take sugar", to: "a bomb?"))
    #expect(verdict.findings == ["together"])
    #expect(
      try await filter.verdict(on: .prompt("a bomb?")).findings == ["alone", "together"])
  }

  @Test("a failing check refuses when closed, lets pass when open, and is named in both")
  func failure() async throws {
    let closed = try await filter([broken, check("bomb")]).verdict(on: .prompt("tea"))
    #expect(closed.action == .refuse && !closed.isPositive)
    #expect(closed.failure == "'broken' failed: no power")
    #expect(closed.probabilities == ["bomb": 0.1])
    let open = filter([broken, check("bomb")]) { $0.onFailure = .open }
    #expect(try await open.verdict(on: .prompt("tea")).action == .allow)
    #expect(try await open.verdict(on: .prompt("tea")).failure == closed.failure)
    // What another check has found counts in any case.
    #expect(try await open.verdict(on: .prompt("a bomb")).action == .refuse)
    let flagging = filter([broken]) { $0.prompt = .flag }
    #expect(try await flagging.verdict(on: .prompt("tea")).action == .flag)
  }

  @Test("what is no probability is a failure", arguments: [-0.1, 1.1, .nan])
  func impossible(probability: Double) async throws {
    let check = SafetyCheck("odd") { _ in
      [SafetyReading(probability: probability, isPositive: false)]
    }
    let verdict = try await filter([check]).verdict(on: .prompt("tea"))
    #expect(verdict.failure == "'odd' failed: it gave no probability")
    #expect(verdict.action == .refuse)
    let silent = SafetyCheck("silent") { _ in [] }
    #expect(
      try await filter([silent]).verdict(on: .prompt("tea")).failure
        == "'silent' failed: it gave no probability")
  }

  @Test("nobody waits for a check beyond its time, not even for one that does not listen")
  func timeLimit() async throws {
    let deaf = DeafCheck()
    let closed = try await filter([deaf.check], sleeps: false).verdict(on: .prompt("tea"))
    #expect(closed.action == .refuse && closed.probabilities.isEmpty)
    #expect(closed.failure == "'deaf' took more than 2.0 s")
    let open = filter([deaf.check], sleeps: false) {
      ($0.onFailure, $0.timeLimit, $0.lexicon) = (.open, 0.5, .harm)
    }
    let late = try await open.verdict(on: .prompt("tea"))
    #expect(late.action == .allow && late.failure == "'deaf' took more than 0.5 s")
    #expect(try await open.verdict(on: .prompt("a bomb")).findings == ["lexicon"])
    // All three were asked; they end with the test.
    var asked = deaf.asked.makeAsyncIterator()
    for _ in 0..<3 {
      await asked.next()
      deaf.answer()
    }
  }

  @Test("who leaves does not wait for the verdict")
  func cancellation() async throws {
    let deaf = DeafCheck()
    let filter = filter([deaf.check])
    let task = Task { try await filter.verdict(on: .prompt("tea")) }
    var asked = deaf.asked.makeAsyncIterator()
    await asked.next()
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    deaf.answer()
  }

  @Test("in shadow everything passes, and the verdict says what would have been done")
  func shadow() async throws {
    let filter = filter([check("bomb"), broken]) { $0.mode = .shadow }
    let verdict = try await filter.verdict(on: .answer("a bomb", to: ""))
    #expect(verdict.action == .allow && verdict.intended == .refuse)
    #expect(verdict.label == "would_refuse" && verdict.findings == ["bomb"])
  }

  @Test("an empty text has nothing that could be found, and no check is asked for it")
  func empty() async throws {
    let filter = filter([broken])
    for subject in [SafetySubject.prompt(""), .answer("", to: "a bomb")] {
      let verdict = try await filter.verdict(on: subject)
      #expect(verdict.action == .allow && verdict.failure == nil)
    }
    #expect(try await filter.verdict(on: .prompt("a")).action == .refuse)
  }

  @Test("verdicts on parts of one text become one")
  func joined() async throws {
    let filter = filter([check("bomb"), check("poison")])
    let first = try await filter.verdict(on: .answer("poison", to: ""))
    let second = try await filter.verdict(on: .answer("poison bomb", to: ""))
    let clean = try await filter.verdict(on: .answer("fine", to: ""))
    let both = clean.joined(with: first).joined(with: second).joined(with: clean)
    #expect(both.action == .refuse && both.findings == ["poison", "bomb"])
    #expect(both.probabilities == ["bomb": 0.9, "poison": 0.9] && both.seconds == 1)
    #expect(both.matches == ["poison", "bomb"])
  }

  @Test("verdicts are counted by stage and by what was done, their time by stage")
  func metrics() async throws {
    let registry = MetricsRegistry()
    let enforced = try await filter([check("bomb")]).verdict(on: .prompt("a bomb"))
    let shadow = try await filter([check("bomb")]) { $0.mode = .shadow }
      .verdict(on: .answer("a bomb", to: ""))
    for verdict in [enforced, enforced, shadow] {
      verdict.count(in: registry)
      verdict.countTime(in: registry)
    }
    #expect(
      registry.values(of: .safetyVerdicts) == [
        ["prompt", "refuse"]: 2, ["answer", "would_refuse"]: 1,
      ])
    let times = registry.snapshots(of: .safetyTime)
    #expect(times.mapValues(\.sum) == [["prompt"]: 0.25, ["answer"]: 0.125])
    #expect(times[["prompt"]]?.cumulative.last == 2)
  }
}
