import AnnotationStore
import Foundation
import HTTPTypes
import Testing
import WebSupport

@Suite("Review and administration")
struct ManagementTests {
  /// Two people who disagree about everything.
  private func disagreement(_ served: ServedProject) async throws {
    for (name, verdict) in [("Ada", "first answer"), ("Ben", "second answer")] {
      var person = try await served.person(name)
      for _ in 0..<3 {
        let page = try await person.get("/task").text
        let start = try #require(page.firstRange(of: "id=\"response-0\""))
        let isShownFirst = page[start.upperBound...].prefix(60).contains(verdict)
        _ = try await person.post(
          "/task",
          [
            "token": person.assignment, "verdict": isShownFirst ? "0" : "1", "strength": "1",
            "reason": "I like the \(verdict)",
          ])
      }
    }
  }

  @Test("a reviewer decides what others disagree about, without seeing who said what")
  func review() async throws {
    try await ServedProject.run({ $0.overlap = 2 }) { served in
      try await disagreement(served)
      var rita = try await served.person("Rita", .reviewer)
      let page = try await rita.get("/review").text
      #expect(page.contains("3 tasks wait") && page.contains("I like the first answer"))
      #expect(!page.contains("Ada") && !page.contains("secret-model"))
      let name = try #require(Visitor.value(of: "task", in: page))
      #expect(
        try await rita.post("/review", ["task": name, "strength": "1"]).status
          == .unprocessableContent)
      let reply = try await rita.post(
        "/review",
        ["task": name, "verdict": "1", "strength": "2", "reason": "it is true"])
      #expect(reply.status == .seeOther)
      #expect(try await rita.get("/review").text.contains("2 tasks wait"))
      let decided = try await rita.get("/review?task=\(name)").text
      #expect(decided.contains("Decided by Rita: B is clearly better: it is true"))
      #expect(try await rita.get("/review?task=none").status == .notFound)
      #expect(try served.project.judgments().count == 6)
    }
  }

  @Test("an administrator sees progress, invites, pauses, changes and exports")
  func administration() async throws {
    try await ServedProject.run({ $0.overlap = 2 }) { served in
      try await disagreement(served)
      var root = try await served.person("Root", .administrator)
      #expect(try await root.get("/").headers[.location] == "/admin")
      let page = try await root.get("/admin").text
      for part in [
        "Ada", "secret-model-a", "of 6 needed", "Krippendorff", "Gwet", "/admin/export?format=hh",
      ] {
        #expect(page.contains(part), "\(part)")
      }
      let invited = try await root.post("/admin/invite", ["role": "annotator", "note": "for Cleo"])
      let link = try #require(invited.text.firstRange(of: "/invitation/"))
      let secret = invited.text[link.upperBound...].prefix { $0 != "<" }
      var cleo = Visitor(client: served.client)
      #expect(
        try await cleo.post(
          "/invitation/\(secret)", ["name": "Cleo", "password": "a long password"]
        ).status == .seeOther)
      _ = try await root.post("/admin/pause", ["name": "Ada", "reason": "on leave"])
      #expect(try served.project.person(named: "Ada").pauseReason == "on leave")
      _ = try await root.post("/admin/pause", ["name": "Ada", "reason": ""])
      #expect(try served.project.person(named: "Ada").pauseReason == nil)
      #expect(try await root.post("/admin/overlap", ["overlap": "0"]).status == .badRequest)
      #expect(try await root.post("/admin/overlap", ["overlap": "x"]).status == .badRequest)
      _ = try await root.post("/admin/overlap", ["overlap": "3"])
      #expect(try served.project.settings().overlap == 3)
      _ = try await root.post("/admin/guidelines", ["text": "## New\n\n<b>"])
      #expect(try served.project.guidelines().version == 2)
      #expect(try await cleo.get("/guidelines").text.contains("<h3>New</h3><p>&lt;b&gt;</p>"))
      for format in ExportOptions.Format.allCases {
        let reply = try await root.get("/admin/export?format=\(format.rawValue)")
        #expect(reply.status == .ok)
        #expect(
          reply.headers[.init("Content-Disposition") ?? .accept]?.contains(
            "\(format.rawValue).jsonl") == true)
      }
      #expect(try await root.get("/admin/export?format=raw").text.split(separator: "\n").count == 6)
      #expect(try await root.get("/admin/export?format=xls").status == .badRequest)
      let progress = try await root.get("/api/progress").text
      #expect(progress.contains("\"filled\":6") && progress.contains("\"name\":\"Ada\""))
      let project = try await root.get("/api/project").text
      for part in [
        "\"overlap\":", "\"filled\":6", "\"question\":\"verdict\"", "\"percent_agreement\":",
        "\"strength\":", "\"review_queue\":[", "\"version\":2",
      ] {
        #expect(project.contains(part), "\(part)")
      }
      var actors: Set<String> = []
      try served.project.verifyAudit { actors.insert("\($0.actor) \($0.action)") }
      for line in [
        "Root person.invited", "Root person.paused", "Root project.changed",
        "Root guidelines.changed",
      ] {
        #expect(actors.contains(line))
      }
    }
  }

  @Test("programs have the same by JSON")
  func programs() async throws {
    try await ServedProject.run({ $0.overlap = 1 }) { served in
      let secret = try served.invitation(.annotator)
      var robot = Visitor(client: served.client)
      func send(_ path: String, _ body: String) async throws -> Visitor.Reply {
        try await robot.send(
          path, .post,
          [.contentType: "application/json", .init("X-CSRF-Token") ?? .accept: robot.token], body)
      }
      let joined = try await send(
        "/api/join",
        "{\"invitation\": \"\(secret.text)\", \"name\": \"Robot\", \"password\": \"a long password\"}"
      )
      #expect(joined.status == .ok)
      let parts = joined.text.split(separator: "\"")
      robot.token = String(parts[3])
      for number in 1...3 {
        let task = try await robot.get("/api/task")
        #expect(task.status == .ok && !task.text.contains("secret-model"))
        let token = try #require(task.text.firstRange(of: "\"token\":\""))
        let text = task.text[token.upperBound...].prefix { $0 != "\"" }
        let body =
          "{\"token\": \"\(text)\", \"answer\": {\"verdict\": {\"kind\": \"prefers\", \"response\": 0, \"strength\": 1}}}"
        let reply = try await send("/api/answer", body)
        #expect(
          reply.text.contains("\"judgment\":\(number)")
            && reply.text.contains("\"is_repeated\":false"))
        #expect(try await send("/api/answer", body).text.contains("\"is_repeated\":true"))
      }
      #expect(try await robot.get("/api/task").status == .noContent)
      let wrong = try await send("/api/sign-in", "{\"name\": \"Robot\", \"password\": \"no\"}")
      #expect(wrong.status == .unauthorized && wrong.text.contains("\"code\""))
    }
  }
}
