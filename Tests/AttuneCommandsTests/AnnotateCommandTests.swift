import AnnotationStore
import Foundation
import Testing

@Suite("attune annotate")
struct AnnotateCommandTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    try folder.write("# Be fair\n", to: "guide.md")
    let rows = (0..<3).map {
      #"{"prompt": "q\#($0)", "responses": ["x\#($0)", "y\#($0)"], "models": ["m", null], "task": "t\#($0)", "stratum": "s"}"#
    }
    try folder.write(rows.joined(separator: "\n") + "\n", to: "tasks.jsonl")
  }

  private func annotate(_ arguments: String...) throws -> Invocation {
    try Invocation(["annotate"] + arguments, in: folder)
  }

  private func made(_ arguments: String...) throws -> AnnotationProject {
    let run = try Invocation(
      ["annotate", "new", "p.sqlite", "--guidelines", "guide.md"] + arguments, in: folder)
    #expect(run.status == 0, "\(run.error)")
    return try AnnotationProject(at: folder.url.appending(path: "p.sqlite").path)
  }

  /// Somebody who judges all tasks alike.
  private func judge(_ project: AnnotationProject, _ name: String, firstIsBetter: Bool) throws {
    let now = Date()
    try project.invite(.annotator, digest: name, expiry: now.addingTimeInterval(60), now: now)
    let person = try project.redeemInvitation(
      digest: name, name: name, passwordHash: "h", now: now)
    while let task = try project.nextAssignment(for: person, now: now) {
      let better = try #require(task.places.firstIndex(of: firstIsBetter ? 0 : 1))
      let answer = Answer(
        .prefers(better, strength: 2), reason: "said by \(name), with five words", activeSeconds: 0,
        wallSeconds: 0)
      _ = try project.give(answer, token: task.token, by: person, now: now)
    }
  }

  @Test("a project is made with the settings that were given, and each can be changed")
  func settings() throws {
    let project = try made(
      "--name", "answers", "--criteria", "clarity,honesty", "--overlap", "2", "--ordering",
      "disagreement", "--strengths", "2", "--rating-scale", "7", "--reason", "undecided",
      "--gold-rate", "0.1", "--repeat-rate", "0.2", "--tolerated-errors", "0.3", "--lease-seconds",
      "60", "--idle-seconds", "30", "--least-seconds", "1", "--reading-speed", "0", "--seed", "9")
    var expected = ProjectSettings(name: "answers")
    expected.criteria = [Criterion(named: "clarity"), Criterion(named: "honesty")]
    (expected.overlap, expected.ordering, expected.strengths) = (2, .disagreement, 2)
    (expected.ratingScale, expected.reason, expected.seed) = (7, .undecided, 9)
    (expected.goldRate, expected.repeatRate, expected.gold.toleratedErrors) = (0.1, 0.2, 0.3)
    (expected.leaseSeconds, expected.idleSeconds) = (60, 30)
    (expected.quality.leastSeconds, expected.quality.readingSpeed) = (1, 0)
    #expect(try project.settings() == expected)
    #expect(try project.guidelines().text == "# Be fair\n")

    try folder.write("new", to: "other.md")
    let run = try annotate(
      "change", "p.sqlite", "--overlap", "4", "--criteria", "honesty", "--guidelines", "other.md")
    #expect(run.status == 0, "\(run.error)")
    (expected.overlap, expected.criteria) = (4, [Criterion(named: "honesty")])
    #expect(try project.settings() == expected)
    #expect(try project.guidelines().version == 2)
  }

  @Test("tasks come in, judgments go out, and decisions override")
  func passage() throws {
    let project = try made("--overlap", "2", "--least-seconds", "0", "--reading-speed", "0")
    let imported = try annotate("import", "p.sqlite", "--data", "tasks.jsonl")
    #expect(imported.status == 0 && imported.output == "3 tasks are new\n", "\(imported.error)")
    #expect(
      try annotate("import", "p.sqlite", "--data", "tasks.jsonl").output
        == "0 tasks are new; 3 were in the project already\n")
    #expect(try project.tasks().map(\.responses[0].model) == ["m", "m", "m"])
    try judge(project, "Ada", firstIsBetter: true)
    try judge(project, "Ben", firstIsBetter: false)

    let progress = try annotate("progress", "p.sqlite", "--json")
    #expect(progress.output.contains("6 of 6 answers (100.0 %), 3 of 3 tasks complete"))
    #expect(try progress.report()["filled"] as? Int == 6)
    #expect(try annotate("review", "p.sqlite").output.split(separator: "\n").count == 3)
    let shown = try annotate("review", "p.sqlite", "--task", "t1").output
    #expect(shown.contains("A: x1") && shown.contains("said by Ben, with five words"))
    let decided = try annotate(
      "review", "p.sqlite", "--task", "t1", "--decide", "B", "--because", "it is")
    #expect(decided.output.contains("decided by attune: B is better, strength 1: it is"))

    let exported = try annotate(
      "export", "p.sqlite", "--out", "o.jsonl", "--method", "votes", "--json")
    #expect(exported.output.hasPrefix("o.jsonl: 1 records of 1 tasks; 2 undecided\n"))
    #expect(try exported.report()["undecided"] as? Int == 2)
    #expect(try folder.text("o.jsonl").contains(#""chosen": "y1", "rejected": "x1""#))
    let raw = try annotate("export", "p.sqlite", "--out", "r.jsonl", "--format", "raw", "--names")
    #expect(raw.output.hasPrefix("r.jsonl: 6 records"))
    #expect(try folder.text("r.jsonl").contains(#""annotator": "Ada""#))
    // What is exported can be validated as data to train on.
    let valid = try Invocation(["data", "validate", "o.jsonl"], in: folder)
    #expect(valid.status == 0, "\(valid.error)")

    let agreement = try annotate("agreement", "p.sqlite", "--json")
    #expect(agreement.output.contains("p.sqlite, verdict: 3 items, 2 annotators, 6 values"))
    #expect(agreement.output.contains("p.sqlite, preference"))
  }

  @Test("links are good once; the log is shown and checked")
  func peopleAndLog() throws {
    let project = try made()
    let links = try annotate(
      "invite", "p.sqlite", "--count", "2", "--role", "reviewer", "--url", "https://a.b/")
    let lines = links.output.split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("https://a.b/invitation/") })
    #expect(try project.people().isEmpty)
    let audit = try annotate("audit", "p.sqlite", "--show")
    #expect(audit.output.contains("project.made") && audit.output.contains("4 lines, all in order"))
    let hash = try #require(audit.output.split(separator: " ").last).trimmingCharacters(
      in: .whitespacesAndNewlines)
    #expect(try annotate("audit", "p.sqlite", "--noted", hash).status == 0)
    let wrong = try annotate("audit", "p.sqlite", "--noted", String(hash.reversed()))
    #expect(wrong.status == 2 && wrong.error.contains("its end is missing"))
    try judge(project, "Ada", firstIsBetter: true)
    _ = try annotate("change", "p.sqlite", "--pause", "ada", "--because", "on leave")
    #expect(try project.person(named: "Ada").pauseReason == "on leave")
    _ = try annotate("change", "p.sqlite", "--resume", "Ada")
    #expect(try project.person(named: "Ada").pauseReason == nil)
  }

  @Test(
    "what cannot be is said",
    arguments: [
      (["new", "guide.md", "--guidelines", "guide.md"], 64, "guide.md: exists already"),
      (["new", "n.sqlite", "--guidelines", "no.md"], 65, "no.md: cannot be read"),
      (
        ["new", "n.sqlite", "--guidelines", "guide.md", "--overlap", "0"], 64,
        "the setting 'overlap' is 0"
      ),
      (["progress", "none.sqlite"], 65, "none.sqlite: there is no such project"),
      (["progress", "guide.md"], 65, "guide.md: is no annotation project"),
      (["import", "p.sqlite"], 64, "Give '--data', or '--prompts' with '--model'"),
      (["import", "p.sqlite", "--prompts", "x"], 64, "'--prompts' and '--model' go together"),
      (
        ["import", "p.sqlite", "--prompts", "x", "--model", "m"], 64,
        "One response cannot be compared"
      ),
      (
        ["import", "p.sqlite", "--prompts", "x", "--model", "m", "--temperature", "0,1"], 64,
        "'--temperature' has '0'"
      ),
      (
        [
          "import", "p.sqlite", "--prompts", "x", "--model", "m", "--model", "n", "--temperature",
          "1,2,3",
        ], 64, "has 3 numbers for 2 models"
      ),
      (
        ["import", "p.sqlite", "--prompts", "x", "--model", "m", "--max-new-tokens", "0"], 64,
        "'--max-new-tokens' is 0"
      ),
      (["import", "p.sqlite", "--data", "bad.jsonl"], 65, "bad.jsonl:1: field `responses`"),
      (["import", "p.sqlite", "--data", "bad.jsonl"], 65, "bad.jsonl:2: field `gold`: saw"),
      (["import", "p.sqlite", "--data", "bad.jsonl"], 65, "bad.jsonl:3: field `models`"),
      (["review", "p.sqlite", "--task", "t"], 64, "there is no task 't'"),
      (["review", "p.sqlite", "--decide", "A"], 64, "'--decide' needs '--task'"),
      (["review", "p.sqlite", "--because", "A"], 64, "'--because' needs '--decide'"),
      (["change", "p.sqlite", "--pause", "Ada"], 64, "'--pause' and '--because' go together"),
      (["change", "p.sqlite", "--resume", "Ada"], 64, "nobody here is called 'Ada'"),
      (["change", "p.sqlite", "--withdraw", "t"], 64, "there is no task 't'"),
      (["invite", "p.sqlite", "--count", "0"], 64, "'--count' is 0"),
      (["invite", "p.sqlite", "--days", "91"], 64, "'--days' is 91"),
      (["export", "p.sqlite", "--out", "o", "--least-answers", "0"], 64, "'--least-answers' is 0"),
      (["serve", "p.sqlite", "--port", "70000"], 64, "'--port' is 70000"),
      (["simulate", "p.sqlite", "--annotators", "0"], 64, "'--annotators' is 0"),
      (["simulate", "p.sqlite", "--sloppy", "2"], 64, "'--sloppy' is 2.0"),
      (["simulate", "p.sqlite", "--temperature=-1"], 64, "'--temperature' is -1.0"),
      (["simulate", "p.sqlite", "--pause=-1"], 64, "'--pause' and '--patience'"),
      (
        [
          "simulate", "p.sqlite", "--annotators", "1", "--url", "http://127.0.0.1:1", "--patience",
          "0",
        ], 1, "cannot be reached"
      ),
      (["agreement", "p.sqlite"], 65, "no task has two judgments yet"),
      (["agreement"], 64, "Give a project, or a table with '--data'"),
      (["agreement", "--data", "x.csv"], 64, "'--data' and '--level' go together"),
    ] as [([String], Int32, String)])
  func messages(arguments: [String], status: Int32, part: String) throws {
    _ = try made()
    try folder.write(
      """
      {"prompt": "q", "responses": ["x"]}
      {"prompt": "q", "responses": ["x", "y"], "gold": "C"}
      {"prompt": "q", "response_A": "x", "response_B": "y", "models": ["one"]}

      """, to: "bad.jsonl")
    let run = try Invocation(["annotate"] + arguments, in: folder)
    #expect(run.status == status && run.error.contains(part), "\(run.status): \(run.error)")
  }
}
