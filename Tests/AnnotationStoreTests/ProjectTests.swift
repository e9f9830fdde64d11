import AnnotationStore
import Foundation
import PreferenceData
import Testing

@Suite("Projects")
struct ProjectTests {
  @Test("a project is what was made, in every program that opens it")
  func reopening() throws {
    let fixture = try ProjectFixture({ ($0.seed, $0.ordering) = (7, .disagreement) }, tasks: 2)
    let again = try AnnotationProject(at: "\(fixture.folder)/p.sqlite")
    #expect(try again.settings() == fixture.project.settings())
    #expect(try again.guidelines().text == "# Be fair")
    #expect(try again.tasks() == fixture.project.tasks())
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fixture.folder)
        .allSatisfy { $0.hasPrefix("p.sqlite") })
  }

  @Test("what is no project is said, and nothing is made in its place")
  func files() throws {
    let fixture = try ProjectFixture()
    func path(_ name: String) -> String { "\(fixture.folder)/\(name)" }
    #expect(throws: AnnotationError.missing(path: path("x"))) {
      try AnnotationProject(at: path("x"))
    }
    try Data("not a database, but a text that is long enough".utf8).write(
      to: URL(filePath: path("text")))
    #expect(throws: AnnotationError.foreign(path: path("text"))) {
      try AnnotationProject(at: path("text"))
    }
    #expect(throws: AnnotationError.exists(path: path("text"))) {
      try AnnotationProject(
        makingAt: path("text"), settings: ProjectSettings(name: "x"), guidelines: "",
        now: fixture.now)
    }
    for (error, part) in [
      (AnnotationError.missing(path: "p"), "p: there is no such project; 'attune annotate new'"),
      (.foreign(path: "p"), "p: is no annotation project"),
      (.exists(path: "p"), "p: exists already"), (.newer(path: "p"), "newer version"),
    ] {
      #expect(error.description.contains(part))
    }
  }

  @Test("settings that cannot be meant are refused by name")
  func settings() throws {
    let cases: [((inout ProjectSettings) -> Void, String)] = [
      ({ $0.name = "" }, "the setting 'name' must have 1 to 100 characters"),
      ({ $0.overlap = 0 }, "the setting 'overlap' is 0, but must be from 1 to 100"),
      ({ $0.leaseSeconds = 5 }, "'lease_seconds' is 5, but must be from 10 to 86400"),
      ({ $0.goldRate = 0.6 }, "'gold_rate' is 0.6, but must be from 0 to 0.5"),
      ({ $0.repeatRate = -0.1 }, "'repeat_rate' is -0.1, but must be from 0 to 0.5"),
      ({ $0.repeatDistance = 0 }, "'repeat_distance' is 0"),
      ({ $0.strengths = 5 }, "'strengths' is 5, but must be from 1 to 4"),
      ({ $0.ratingScale = 1 }, "'rating_scale' is 1, but must be from 2 to 10"),
      ({ $0.idleSeconds = 0 }, "'idle_seconds' is 0"),
      ({ $0.criteria = [.init(named: "A b")] }, "'criteria' have the name 'A b'"),
      (
        { $0.criteria = [.init(named: "clarity"), .init(named: "clarity")] },
        "'criteria' have 'clarity' twice"
      ),
      (
        { $0.criteria = (0..<13).map { .init(named: "c\($0)") } },
        "'criteria' are 13, but must be 12 at most"
      ),
      ({ $0.gold.toleratedErrors = 1 }, "'gold.tolerated_errors' is 1.0"),
      ({ $0.gold.falseAlarms = 0 }, "'gold.false_alarms' is 0.0"),
      ({ $0.gold.least = 9 }, "'gold.least' is 9, but must be from 10 to 1000"),
      ({ $0.quality.tooFast = 2 }, "'quality.too_fast' is 2.0, but must be from 0 to 1"),
      ({ $0.quality.readingSpeed = -1 }, "'quality.reading_speed' is -1.0"),
      ({ $0.quality.longestRun = 1 }, "'quality.longest_run' is 1"),
      ({ $0.quality.leastReasonWords = -1 }, "'quality.least_reason_words' is -1"),
    ]
    for (change, part) in cases {
      do {
        _ = try ProjectFixture(change)
        Issue.record("not refused: \(part)")
      } catch {
        #expect("\(error)".contains(part), "\(error)")
      }
    }
  }

  @Test("an import adds what is new, all or nothing, and says what does not fit")
  func importing() throws {
    let fixture = try ProjectFixture(tasks: 3)
    let outcome = try fixture.project.add((1..<5).map { ProjectFixture.task($0) }, now: fixture.now)
    #expect(outcome.added == 2 && outcome.known == 2)
    func task(_ change: (inout NewTask) -> Void) -> NewTask {
      var task = ProjectFixture.task(50)
      change(&task)
      return task
    }
    let cases: [(NewTask, String)] = [
      (task { $0.prompt = .text(" ") }, "the task 't50' has an empty prompt"),
      (task { $0.responses.removeLast() }, "has 1 responses, but must have 2 to 9"),
      (task { $0.responses[1] = $0.responses[0] }, "has responses that are all the same"),
      (task { $0.overlap = 0 }, "has overlap 0, but it must be 1 to 100"),
      (task { $0.gold = .ranking([1]) }, "has a right answer that does not fit: 1 ranks"),
      (task { $0.stratum = "a\nb" }, "has a control character in its name"),
      (task { $0.name = String(repeating: "n", count: 201) }, "a name of more than 200 characters"),
      (
        task { ($0.name, $0.prompt) = ("t1", .text("other")) },
        "the task 't1' is in the project already, with another prompt or other responses"
      ),
    ]
    for (task, part) in cases {
      do {
        _ = try fixture.project.add([ProjectFixture.task(60), task], now: fixture.now)
        Issue.record("not refused: \(part)")
      } catch {
        #expect("\(error)".contains(part), "\(error)")
      }
    }
    #expect(try fixture.project.tasks().count == 5)
  }

  @Test("names, texts and reasons are data, whatever they look like")
  func injection() throws {
    let name = "x'); DROP TABLE task; --\u{202E}<script>alert(1)</script>\"\\ %00 ../"
    let attack = name + "\u{0}\n\u{FFFF}"
    let fixture = try ProjectFixture()
    var task = ProjectFixture.task(0)
    (task.name, task.stratum, task.prompt) = (name, name, .text(attack))
    task.responses[0] = .init(.messages([.init(role: attack, content: attack)]), model: name)
    _ = try fixture.project.add([task], now: fixture.now)
    let person = try fixture.person(name)
    let next = try #require(try fixture.project.nextAssignment(for: person, now: fixture.now))
    #expect(next.prompt == .text(attack))
    var draft = Draft()
    draft.reason = attack
    try fixture.project.save(draft, token: next.token, of: person, now: fixture.now)
    #expect(try fixture.project.nextAssignment(for: person, now: fixture.now)?.draft == draft)
    try fixture.project.flag(token: next.token, reason: attack, by: person, now: fixture.now)
    _ = try fixture.project.give(
      ProjectFixture.answer(.tie, reason: attack), token: next.token, by: person, now: fixture.now)
    #expect(throws: AnnotationError.notAssigned) {
      try fixture.project.skip(token: attack, reason: attack, by: person, now: fixture.now)
    }
    try fixture.project.rule(on: name, .tie, reason: attack, now: fixture.now)
    #expect(try fixture.project.person(named: name).id == person.id)
    #expect(try fixture.project.tasks()[0].responses[0] == task.responses[0])
    #expect(try fixture.project.judgments()[0].answer.reason == attack)
    try fixture.project.verifyAudit()
  }

  @Test("a task that was taken out is not asked, and may come back")
  func withdrawal() throws {
    let fixture = try ProjectFixture({ $0.overlap = 1 }, tasks: 1)
    let ada = try fixture.person("Ada")
    let next = try #require(try fixture.project.nextAssignment(for: ada, now: fixture.now))
    try fixture.project.withdraw(task: "t0", now: fixture.now)
    #expect(try fixture.project.nextAssignment(for: ada, now: fixture.now) == nil)
    #expect(throws: AnnotationError.notAssigned) {
      try fixture.project.give(
        ProjectFixture.answer(), token: next.token, by: ada, now: fixture.now)
    }
    try fixture.project.withdraw(task: "t0", false, now: fixture.now)
    #expect(try fixture.work(ada) != nil)
    #expect(throws: AnnotationError.noTask("nope")) {
      try fixture.project.withdraw(task: "nope", now: fixture.now)
    }
  }
}
