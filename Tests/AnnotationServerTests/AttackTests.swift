import AnnotationStore
import Foundation
import HTTPTypes
import Testing

@Suite("Attacks")
struct AttackTests {
  @Test("no change without the session's own token")
  func forgery() async throws {
    try await ServedProject.run { served in
      var ada = try await served.person("Ada")
      let eve = try await served.person("Eve")
      let paths = ["/task", "/task/draft", "/task/skip", "/task/flag", "/undo", "/sign-out"]
      for (path, token) in paths.flatMap({ path in
        ["", "nonsense", eve.token].map { (path, $0) }
      }) {
        let own = ada.token
        ada.token = token
        let reply = try await ada.post(
          path, ["token": ada.assignment, "verdict": "tie", "reason": "r"])
        #expect(reply.status == .forbidden, "\(path)")
        ada.token = own
      }
      #expect(try served.project.judgments().isEmpty)
      // A page of another site that sends a form, as browsers tell of it.
      let reply = try await ada.send(
        "/task", .post,
        [
          .contentType: "application/x-www-form-urlencoded",
          .init("Sec-Fetch-Site") ?? .accept: "cross-site",
        ], "token=\(ada.assignment)&verdict=tie&csrf_token=\(ada.token)")
      #expect(reply.status == .forbidden)
      #expect(try await ada.get("/task").status == .ok)
    }
  }

  @Test("other people's tasks cannot be answered, nor an answer given twice")
  func others() async throws {
    try await ServedProject.run({ $0.overlap = 1 }) { served in
      var (ada, eve) = (try await served.person("Ada"), try await served.person("Eve"))
      _ = try await ada.get("/task")
      for path in ["/task", "/task/draft", "/task/skip", "/task/flag"] {
        let reply = try await eve.post(
          path, ["token": ada.assignment, "verdict": "tie", "reason": "r"])
        #expect(reply.status == .conflict, "\(path)")
      }
      let form: KeyValuePairs = ["token": ada.assignment, "verdict": "tie"]
      for _ in 0..<3 { #expect(try await ada.post("/task", form).status == .seeOther) }
      #expect(
        try await ada.post("/task", ["token": ada.assignment, "verdict": "both_bad"]).status
          == .conflict)
      #expect(try await eve.post("/task", form).status == .conflict)
      #expect(try served.project.judgments().count == 1)
    }
  }

  @Test("what is too large, of another kind or not a number is refused")
  func bodies() async throws {
    try await ServedProject.run { served in
      var ada = try await served.person("Ada")
      let large = try await ada.post(
        "/task", ["token": ada.assignment, "reason": String(repeating: "x", count: 200_000)])
      #expect(large.status == .contentTooLarge)
      let cases: [(String, HTTPField.Name, String, [HTTPResponse.Status])] = [
        ("{\"token\": 1}", .contentType, "application/json", [.unsupportedMediaType]),
        ("token=%zz", .contentType, "application/x-www-form-urlencoded", [.badRequest]),
        ("a=1", .contentType, "text/plain", [.unsupportedMediaType]),
      ]
      for (body, name, type, allowed) in cases {
        let reply = try await ada.send("/task", .post, [name: type], body)
        #expect(allowed.contains(reply.status), "\(body): \(reply.status)")
      }
      for (name, value) in [
        ("verdict", "7"), ("strength", "x"), ("confidence", "very"), ("rating.helpfulness.0", "x"),
      ] {
        let body = "token=\(ada.assignment)&csrf_token=\(ada.token)&verdict=0&strength=1"
        let reply = try await ada.send(
          "/task", .post, [.contentType: "application/x-www-form-urlencoded"],
          name == "verdict" || name == "strength"
            ? "token=\(ada.assignment)&csrf_token=\(ada.token)&verdict=\(name == "verdict" ? value : "0")&strength=\(value)"
            : body + "&\(name)=\(value)")
        #expect(reply.status == .badRequest, "\(name)=\(value)")
      }
      for body in [
        "", "[1]", "{\"token\": 3}", "{\"token\": \"x\", \"answer\": {\"verdict\": 5}}",
        String(repeating: "[", count: 5000),
      ] {
        let reply = try await ada.send(
          "/api/answer", .post,
          [.contentType: "application/json", .init("X-CSRF-Token") ?? .accept: ada.token], body)
        #expect(
          [.badRequest, .conflict].contains(reply.status), "\(body.prefix(20)): \(reply.status)")
        #expect(!reply.text.contains("Swift") && !reply.text.contains("/"))
      }
      #expect(try served.project.judgments().isEmpty)
    }
  }

  @Test(
    "paths lead nowhere else",
    arguments: [
      "/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/p.sqlite", "/p.sqlite",
      "/static/../p.sqlite",
      "/task/../admin", "//admin", "/invitation/..%2f..%2fadmin",
      "/admin/export?format=../../p.sqlite",
    ])
  func paths(path: String) async throws {
    try await ServedProject.run { served in
      var ada = try await served.person("Ada")
      let reply = try await ada.get(path)
      #expect(
        [.badRequest, .notFound, .forbidden, .gone].contains(reply.status), "\(reply.status)")
      #expect(!reply.text.contains("SQLite") && !reply.text.contains("root:"))
    }
  }

  @Test("a paused person is told why, and can do nothing")
  func paused() async throws {
    try await ServedProject.run { served in
      var ada = try await served.person("Ada")
      let token = ada.assignment
      try served.project.pause(
        try served.project.person(named: "Ada"), reason: "too many were wrong", now: Date())
      #expect(try await ada.get("/task").text.contains("too many were wrong"))
      #expect(try await ada.post("/task", ["token": token, "verdict": "tie"]).status != .seeOther)
      #expect(try served.project.judgments().isEmpty)
    }
  }
}
