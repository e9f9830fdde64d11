@testable import AnnotationStore
import Foundation
import GRDB
import Testing

@Suite("The audit log")
struct AuditTests {
  private func busyProject() throws -> ProjectFixture {
    let fixture = try ProjectFixture({ $0.overlap = 1 }, tasks: 4)
    let ada = try fixture.person("Ada")
    for verdict in [Verdict.tie, .bothBad, .prefers(0, strength: 1)] {
      try fixture.work(ada, verdict)
    }
    try fixture.project.undo(by: ada, now: fixture.now)
    return fixture
  }

  /// Changes the file behind the program's back.
  private func tamper(_ fixture: ProjectFixture, _ sql: String) throws {
    try fixture.project.database.write { try $0.execute(sql: sql) }
  }

  @Test("an untouched log is in order, and tells who did what")
  func untouched() throws {
    let fixture = try busyProject()
    var actions: [String] = []
    let head = try fixture.project.verifyAudit { actions.append("\($0.actor) \($0.action)") }
    #expect(
      actions == [
        "attune project.made", "attune guidelines.changed", "attune tasks.added",
        "attune person.invited", "Ada person.joined", "Ada judgment.given", "Ada judgment.given",
        "Ada judgment.given", "Ada judgment.withdrawn",
      ])
    // A hash that was noted stays in the log as it grows.
    try fixture.project.change(guidelines: "new", now: fixture.now)
    #expect(try fixture.project.verifyAudit(containing: head) != head)
  }

  @Test("the hash is that of the documented text")
  func hash() throws {
    let fixture = try ProjectFixture()
    var first: AuditLine?
    try fixture.project.verifyAudit { first = first ?? $0 }
    let line = try #require(first)
    let fields = [
      String(repeating: "0", count: 64), "1", "1795262400000000", "attune", "project.made",
      "practice", line.detail,
    ]
    let text = fields.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n")
    #expect(line.hash == text.sha256)
    // FIPS 180-2, appendix B.1.
    #expect("abc".sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("lines are neither changed nor deleted by mistake")
  func triggers() throws {
    let fixture = try busyProject()
    for sql in ["UPDATE audit SET actor = 'x' WHERE number = 2", "DELETE FROM audit"] {
      #expect(throws: DatabaseError.self) { try tamper(fixture, sql) }
    }
  }

  @Test(
    "every tampering is found",
    arguments: [
      ("UPDATE audit SET actor = 'Eve' WHERE number = 6", AuditProblem.brokenChain(number: 6)),
      ("UPDATE audit SET at = at + 1 WHERE number = 2", .brokenChain(number: 2)),
      ("UPDATE audit SET action = 'x', subject = 'y' WHERE number = 9", .brokenChain(number: 9)),
      ("DELETE FROM audit WHERE number = 4", .brokenChain(number: 5)),
      (
        "UPDATE judgment SET answer = REPLACE(answer, 'tie', 'both_bad') WHERE id = 1",
        .changedJudgment(id: 1, number: 6)
      ),
      ("UPDATE judgment SET createdAt = 0 WHERE id = 2", .changedJudgment(id: 2, number: 7)),
      ("UPDATE judgment SET withdrawnAt = NULL WHERE id = 3", .changedJudgment(id: 3, number: 8)),
      ("UPDATE judgment SET withdrawnAt = 5 WHERE id = 1", .changedJudgment(id: 1, number: 6)),
      ("DELETE FROM judgment WHERE id = 2", .missingJudgment(id: 2, number: 7)),
      (
        """
        INSERT INTO judgment SELECT 99, 'x', 4, personID, round, answer, shownOrder, orderSeed,
          guidelineVersion, confidence, failed, createdAt, NULL FROM judgment WHERE id = 1
        """, .unknownJudgment(id: 99)
      ),
    ])
  func tampering(sql: String, problem: AuditProblem) throws {
    let fixture = try busyProject()
    try tamper(fixture, "DROP TRIGGER auditIsNotChanged; DROP TRIGGER auditIsNotShortened; \(sql)")
    #expect(throws: problem) { try fixture.project.verifyAudit() }
    #expect(!problem.description.isEmpty)
  }

  @Test("an end that was cut off is found by a hash that was noted")
  func cutOff() throws {
    let fixture = try ProjectFixture()
    try fixture.project.change(guidelines: "a", now: fixture.now)
    let head = try fixture.project.verifyAudit()
    try tamper(
      fixture, "DROP TRIGGER auditIsNotShortened; DELETE FROM audit WHERE number = 3")
    try fixture.project.verifyAudit()
    #expect(throws: AuditProblem.cutOff(hash: head)) {
      try fixture.project.verifyAudit(containing: head)
    }
  }
}
