import AnnotationStore
import Foundation
import Testing

@Suite("People")
struct PeopleTests {
  @Test("an invitation is good once, for a while, and for the role that it was made for")
  func invitations() throws {
    let fixture = try ProjectFixture()
    let (project, now) = (fixture.project, fixture.now)
    let ada = try fixture.person("Ada", .reviewer)
    #expect(ada.role == .reviewer)
    func join(_ digest: String, _ name: String, at moment: Date) throws {
      _ = try project.redeemInvitation(
        digest: digest, name: name, passwordHash: "h", now: moment)
    }
    #expect(throws: AnnotationError.invitation) { try join("secret of Ada", "Ben", at: now) }
    #expect(throws: AnnotationError.invitation) { try join("never was", "Ben", at: now) }
    try project.invite(
      .annotator, digest: "d", expiry: now.addingTimeInterval(60), now: now)
    #expect(throws: AnnotationError.invitation) {
      try join("d", "Ben", at: now.addingTimeInterval(60))
    }
    #expect(throws: AnnotationError.nameTaken(name: "ADA")) { try join("d", "ADA", at: now) }
    for name in ["", " Ben", "Ben ", "B\u{0}n", "B\nn", String(repeating: "b", count: 61)] {
      #expect(throws: AnnotationError.name) { try join("d", name, at: now) }
    }
    #expect(try project.invitedRole(digest: "d", now: now) == .annotator)
    try join("d", "Ben", at: now)
    #expect(throws: AnnotationError.invitation) { try project.invitedRole(digest: "d", now: now) }
    #expect(try project.people().map(\.name) == ["Ada", "Ben"])
    #expect(throws: AnnotationError.noPerson(name: "Cleo")) { try project.person(named: "Cleo") }
    #expect(Role.annotator < .reviewer && Role.reviewer < .administrator)
  }

  @Test("two who use one invitation at the same moment do not both get in")
  func race() async throws {
    let fixture = try ProjectFixture()
    let (project, now) = (fixture.project, fixture.now)
    try project.invite(
      .annotator, digest: "d", expiry: now.addingTimeInterval(60), now: now)
    let got = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<10 {
        group.addTask {
          (try? project.redeemInvitation(
            digest: "d", name: "p\(number)", passwordHash: "h", now: now)) != nil
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(got == 1)
    #expect(try project.people().count == 1)
  }

  @Test("a session says who it is until it ends")
  func sessions() throws {
    let fixture = try ProjectFixture()
    let (project, now) = (fixture.project, fixture.now)
    let ada = try fixture.person("Ada")
    for (digest, seconds) in [("short", 60.0), ("long", 3600)] {
      try project.beginSession(
        of: ada, digest: digest, expiry: now.addingTimeInterval(seconds), now: now)
    }
    #expect(try project.person(ofSession: "short", now: now) == ada)
    let later = now.addingTimeInterval(60)
    #expect(try project.person(ofSession: "short", now: later) == nil)
    #expect(try project.person(ofSession: "long", now: later) == ada)
    #expect(try project.person(ofSession: "other", now: now) == nil)
    try project.endSession(digest: "long", now: later)
    #expect(try project.person(ofSession: "long", now: later) == nil)
    // Once ended, it is ended for good.
    try project.endSession(digest: "long", now: later)
    try project.noteRefusedSignIn(name: "Eve", now: later)
    var actions: [String] = []
    try project.verifyAudit { actions.append($0.action) }
    #expect(
      actions.suffix(4) == ["session.begun", "session.begun", "session.ended", "session.refused"])
  }
}
