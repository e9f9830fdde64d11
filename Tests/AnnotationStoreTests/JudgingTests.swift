import AnnotationStore
import Foundation
import PreferenceData
import Testing

@Suite("Judgments")
struct JudgingTests {
  @Test("an answer is kept by the places in the task, whatever was shown where")
  func places() throws {
    let fixture = try ProjectFixture({ $0.overlap = 40 }, tasks: 1)
    var orders: [[Int]: Int] = [:]
    for number in 0..<40 {
      let person = try fixture.person("p\(number)")
      let next = try #require(try fixture.project.nextAssignment(for: person, now: fixture.now))
      #expect(next.responses[try ProjectFixture.first(next)] == .text("first answer to 0"))
      orders[next.places, default: 0] += 1
      let shown = try ProjectFixture.first(next)
      var answer = ProjectFixture.answer(.prefers(shown, strength: 2))
      answer.ratings = ["helpfulness": shown == 0 ? [5, nil] : [nil, 5]]
      fixture.now += 60
      _ = try fixture.project.give(answer, token: next.token, by: person, now: fixture.now)
    }
    let judgments = try fixture.project.judgments()
    #expect(judgments.allSatisfy { $0.answer.verdict == .prefers(0, strength: 2) })
    #expect(judgments.allSatisfy { $0.answer.ratings == ["helpfulness": [5, nil]] })
    // Both orders, each about half the time (binomial, deviation 3.2).
    #expect((8...32).contains(orders[[0, 1]] ?? 0) && orders.count == 2)
    // The same person always sees the same order, and the seed of the project decides it.
    #expect(Set(judgments.map(\.orderSeed)).count == 40)
  }

  @Test("sent twice, an answer counts once; another answer to the same assignment is refused")
  func repetition() throws {
    let fixture = try ProjectFixture(tasks: 1)
    let (ada, ben) = (try fixture.person("Ada"), try fixture.person("Ben"))
    let next = try #require(try fixture.project.nextAssignment(for: ada, now: fixture.now))
    let answer = ProjectFixture.answer(.prefers(0, strength: 1))
    fixture.now += 60
    let first = try fixture.project.give(answer, token: next.token, by: ada, now: fixture.now)
    fixture.now += 5
    var later = answer
    later.activeSeconds = 45
    let second = try fixture.project.give(later, token: next.token, by: ada, now: fixture.now)
    #expect(first.judgment == second.judgment && !first.isRepeated && second.isRepeated)
    #expect(throws: AnnotationError.answeredOtherwise) {
      try fixture.project.give(
        ProjectFixture.answer(.prefers(1, strength: 1)), token: next.token, by: ada,
        now: fixture.now)
    }
    #expect(throws: AnnotationError.notAssigned) {
      try fixture.project.give(answer, token: next.token, by: ben, now: fixture.now)
    }
    #expect(try fixture.project.judgments().count == 1)
  }

  @Test("the last answer can be taken back, comes back as a draft, and then counts anew")
  func undo() throws {
    let fixture = try ProjectFixture({ $0.overlap = 1 }, tasks: 2)
    let ada = try fixture.person("Ada")
    #expect(throws: AnnotationError.nothingToUndo) {
      try fixture.project.undo(by: ada, now: fixture.now)
    }
    let task = try #require(try fixture.work(ada, .prefers(0, strength: 3)))
    _ = try fixture.project.nextAssignment(for: ada, now: fixture.now)
    try fixture.project.undo(by: ada, now: fixture.now)
    #expect(try fixture.project.judgments().isEmpty)
    let again = try #require(try fixture.project.nextAssignment(for: ada, now: fixture.now))
    #expect(again.task == task)
    let draft = try #require(again.draft)
    let shown = try ProjectFixture.first(again)
    #expect(draft.verdict == .prefers(shown, strength: 3) && draft.activeSeconds == 40)
    try fixture.work(ada, .tie)
    #expect(try fixture.project.judgments().map(\.answer.verdict) == [.tie])
    // 60 seconds before it was taken back, and 60 since.
    #expect(try fixture.project.judgments().map(\.answer.wallSeconds) == [120])
    #expect(try fixture.project.progress(now: fixture.now).complete == 1)
    // What a reviewer has decided on is not taken back.
    try fixture.project.rule(
      on: try fixture.project.tasks()[Int(task) - 1].name, .tie, reason: "so", now: fixture.now)
    #expect(throws: AnnotationError.nothingToUndo) {
      try fixture.project.undo(by: ada, now: fixture.now)
    }
  }

  @Test("an answer that does not fit is refused with a sentence, and nothing is kept")
  func refusals() throws {
    let fixture = try ProjectFixture({ ($0.reason, $0.strengths) = (.undecided, 3) }, tasks: 1)
    let ada = try fixture.person("Ada")
    let next = try #require(try fixture.project.nextAssignment(for: ada, now: fixture.now))
    func answer(
      _ verdict: Verdict, ratings: [String: [Int?]] = [:], reason: String = "r",
      seconds: Double = 1
    ) -> Answer {
      Answer(
        verdict, ratings: ratings, reason: reason, activeSeconds: seconds, wallSeconds: 1)
    }
    let cases: [(Answer, String)] = [
      (answer(.prefers(2, strength: 1)), "there is no response 2"),
      (answer(.prefers(0, strength: 4)), "the strength is 4, but must be from 1 to 3"),
      (answer(.ranking([1])), "1 ranks were given, but there are 2 responses"),
      (answer(.ranking([2, 2])), "ranks are [2, 2], but must be from 1 to 2, and one of them 1"),
      (answer(.tie, ratings: ["beauty": [1, 1]]), "there is no criterion 'beauty'"),
      (
        answer(.tie, ratings: ["helpfulness": [6, 1]]),
        "'helpfulness' needs a rating from 1 to 5 for each of 2 responses"
      ),
      (answer(.bothBad, reason: " \n"), "a reason is needed: say in a sentence why"),
      (
        answer(.tie, reason: String(repeating: "x", count: 4001)),
        "the reason has 4001 characters, but may have 4000"
      ),
      (answer(.tie, seconds: -1), "the time is -1.0 seconds, but must be from 0 to a week"),
    ]
    for (answer, sentence) in cases {
      #expect(throws: AnnotationError.answer(sentence)) {
        try fixture.project.give(answer, token: next.token, by: ada, now: fixture.now)
      }
    }
    #expect(try fixture.project.judgments().isEmpty)
    let sentences: [(AnnotationError, String)] = [
      (.taken, "the time for this task ran out"), (.notAssigned, "not yours to answer"),
      (.answeredOtherwise, "answered already"), (.nothingToUndo, "no answer"),
      (.paused(reason: "why"), "paused: why"),
    ]
    for (error, part) in sentences { #expect(error.description.contains(part)) }
  }

  @Test("nobody looks longer than he has had the task")
  func time() throws {
    let fixture = try ProjectFixture(tasks: 1)
    let ada = try fixture.person("Ada")
    let next = try #require(try fixture.project.nextAssignment(for: ada, now: fixture.now))
    fixture.now += 12
    _ = try fixture.project.give(
      Answer(.tie, activeSeconds: 900, wallSeconds: 900), token: next.token, by: ada,
      now: fixture.now)
    let answer = try #require(try fixture.project.judgments().first).answer
    #expect(answer.activeSeconds == 12 && answer.wallSeconds == 12)
  }

  @Test(
    "the default profile: × 0.8 below 30 seconds, × 0.9 without variation, × 0.7 for a thin reason")
  func quality() {
    func check(
      seconds: Double = 100, characters: Int = 100, reason: String = "", due: Bool = false,
      run: Int = 1, contradicts: Bool = false
    ) -> JudgmentQuality {
      JudgmentQuality(
        .init(
          seconds: seconds, characters: characters, reason: reason, reasonIsDue: due, run: run,
          contradicts: contradicts), by: QualityProfile())
    }
    let cases: [(JudgmentQuality, Double, [JudgmentQuality.Check], Bool)] = [
      (check(), 1, [], true), (check(seconds: 29.9), 0.8, [.tooFast], true),
      (check(seconds: 30), 1, [], true),
      (check(characters: 6001), 0.8, [.unread], true),
      (check(run: 13), 0.9, [.noVariation], true), (check(run: 12), 1, [], true),
      (check(reason: "it is much better"), 0.7, [.thinReason], true),
      (check(reason: "it is so much better"), 1, [], true),
      (check(due: true), 0.7, [.thinReason], true),
      (check(contradicts: true), 0.7, [.contradiction], true),
      (check(seconds: 3, reason: "good"), 0.56, [.tooFast, .thinReason], false),
      (check(seconds: 3, run: 20), 0.72, [.tooFast, .noVariation], true),
      (
        check(seconds: 1, characters: 100, reason: "a", run: 20, contradicts: true),
        0.8 * 0.8 * 0.9 * 0.7 * 0.7,
        JudgmentQuality.Check.allCases, false
      ),
    ]
    for (quality, confidence, failed, isValid) in cases {
      #expect(abs(quality.confidence - confidence) < 1e-12)
      #expect(quality.failed == failed)
      #expect(quality.isValid(by: QualityProfile()) == isValid)
    }
  }
}
