import AnnotationStore
import Foundation
import HTTPTypes
import Testing
import WebSupport

@Suite("The entrance")
struct EntranceTests {
  @Test("an invitation makes an account once, which signs in with its password")
  func joining() async throws {
    try await ServedProject.run { served in
      let secret = try served.invitation(.annotator)
      var ada = Visitor(client: served.client)
      #expect(try await ada.get("/").headers[.location] == "/sign-in")
      let page = try await ada.get("/invitation/\(secret.text)")
      #expect(page.status == .ok && page.text.contains("You are invited"))
      for (password, sentence) in [("short", "at least 10"), ("Ada Lovelace", "name")] {
        let refused = try await ada.post(
          "/invitation/\(secret.text)", ["name": "Ada Lovelace", "password": password])
        #expect(refused.status == .unprocessableContent)
        #expect(refused.text.lowercased().contains(sentence))
        #expect(refused.text.contains("value=\"Ada Lovelace\""))
      }
      let joined = try await ada.post(
        "/invitation/\(secret.text)", ["name": "Ada", "password": "a long password"])
      #expect(joined.status == .seeOther && ada.cookie != nil)
      let cookie = joined.headers[.setCookie] ?? ""
      for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
        #expect(cookie.contains(attribute))
      }
      #expect(try await ada.get("/task").status == .ok)
      var eve = Visitor(client: served.client)
      #expect(
        try await eve.post(
          "/invitation/\(secret.text)", ["name": "Eve", "password": "a long password"]
        ).status == .gone)
      #expect(try await eve.get("/invitation/\(secret.text)").status == .gone)
      #expect(try await eve.get("/invitation/nothing").status == .gone)

      let wrong = try await eve.post("/sign-in", ["name": "Ada", "password": "another one"])
      #expect(wrong.status == .unauthorized && eve.cookie == nil)
      #expect(wrong.text.contains("do not belong together"))
      let nobody = try await eve.post("/sign-in", ["name": "Bob", "password": "another one"])
      #expect(nobody.status == .unauthorized)
      #expect(
        try await eve.post("/sign-in", ["name": "ada", "password": "a long password"]).status
          == .seeOther)

      // Signed out, the session is over, also for whoever has kept its cookie.
      let kept = ada.cookie
      #expect(try await ada.post("/sign-out", [:]).headers[.location] == "/sign-in")
      ada.cookie = kept
      #expect(try await ada.get("/task").headers[.location] == "/sign-in")
      #expect(try await ada.get("/api/task").status == .unauthorized)
    }
  }

  @Test("passwords are tried ten times, and then slowly")
  func limit() async throws {
    try await ServedProject.run { served in
      _ = try await served.person("Ada")
      var eve = Visitor(client: served.client)
      var statuses: [HTTPResponse.Status] = []
      for number in 0..<12 {
        let reply = try await eve.post(
          "/sign-in", ["name": "Ada", "password": "guess number \(number)"])
        statuses.append(reply.status)
        if reply.status == .tooManyRequests {
          #expect(reply.headers[.init("Retry-After") ?? .accept] != nil)
        }
      }
      #expect(statuses.prefix(9).allSatisfy { $0 == .unauthorized })
      #expect(statuses.last == .tooManyRequests)
    }
  }

  @Test(
    "without a session there is nothing but the entrance",
    arguments: [
      "/task", "/guidelines", "/review", "/admin", "/admin/export?format=raw", "/api/task",
      "/api/progress", "/api/project",
    ])
  func closed(path: String) async throws {
    try await ServedProject.run { served in
      var eve = Visitor(client: served.client)
      let reply = try await eve.get(path)
      #expect(reply.status == .unauthorized || reply.headers[.location] == "/sign-in")
      for part in ["question", "answer", "secret-model"] { #expect(!reply.text.contains(part)) }
      eve.cookie = "attune_annotation=" + String(repeating: "A", count: 43)
      let forged = try await eve.get(path)
      #expect(forged.status == .unauthorized || forged.headers[.location] == "/sign-in")
    }
  }

  @Test("roles reach their own pages and no others")
  func roles() async throws {
    try await ServedProject.run { served in
      let pages: [(String, Role)] = [
        ("/task", .annotator), ("/guidelines", .annotator), ("/review", .reviewer),
        ("/admin", .administrator), ("/api/progress", .administrator),
        ("/api/project", .administrator),
        ("/admin/export?format=preference", .administrator),
      ]
      for role in Role.allCases {
        var visitor = try await served.person("a \(role)", role)
        for (path, least) in pages {
          let status = try await visitor.get(path).status
          #expect(status == (role >= least ? .ok : .forbidden), "\(role) at \(path): \(status)")
        }
        for path in ["/admin/invite", "/admin/pause", "/admin/overlap", "/admin/guidelines"]
        where role != .administrator {
          #expect(
            try await visitor.post(
              path, ["role": "administrator", "name": "x", "overlap": "1", "text": "x"]
            )
            .status == .forbidden)
        }
      }
    }
  }
}
