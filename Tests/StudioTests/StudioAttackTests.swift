import Foundation
import HTTPTypes
import Studio
import Testing

@Suite("Attacks on the studio")
struct StudioAttackTests {
  private static let changes = [
    "/prepare", "/pipeline/ask", "/pipeline/pairs", "/pipeline/choose", "/pipeline/simulate",
    "/pipeline/learn", "/pipeline/practise", "/pipeline/restart", "/preferences/choose",
    "/preferences/simulate", "/preferences/restart",
  ]

  @Test("no change without the session's own token", arguments: changes)
  func forgery(path: String) async throws {
    try await ServedStudio.run { studio in
      var ada = try await studio.visitor()
      let eve = try await studio.visitor()
      let fields: KeyValuePairs = ["typed": "Hello?", "pair": "1", "side": "a", "count": "50"]
      for token in ["", "nonsense", eve.token] {
        ada.token = token
        #expect(try await ada.post(path, fields).status == .forbidden)
      }
      var nobody = StudioVisitor(client: studio.client)
      nobody.token = eve.token
      #expect(try await nobody.post(path, fields).status == .unauthorized)
      #expect(try await nobody.get("/pipeline/choices.jsonl").status == .unauthorized)
      #expect(studio.script.begun.isEmpty)
    }
  }

  @Test("what another site sends is refused")
  func otherSite() async throws {
    try await ServedStudio.run { studio in
      var ada = try await studio.visitor()
      let reply = try await ada.send(
        "/pipeline/ask", .post,
        [
          .contentType: "application/x-www-form-urlencoded",
          .init("X-CSRF-Token") ?? .accept: ada.token,
          .init("Sec-Fetch-Site") ?? .accept: "cross-site",
        ], "typed=Hello")
      #expect(reply.status == .forbidden)
      #expect(studio.script.begun.isEmpty)
    }
  }

  @Test("prompts that are no prompts are refused with a sentence")
  func prompts() async throws {
    try await ServedStudio.run { studio in
      var ada = try await studio.visitor()
      for (typed, words) in [
        ("", "The prompt is empty."), ("   ", "The prompt is empty."),
        (String(repeating: "x", count: 401), "The prompt has 401 characters"),
        ("a\nb", "The prompt has characters that are no text."),
      ] {
        let reply = try await ada.post("/pipeline/ask", ["typed": typed])
        #expect(reply.status == .unprocessableContent)
        #expect(reply.text.contains(words))
      }
      #expect(try await ada.post("/pipeline/ask").status == .badRequest)
      let large = try await ada.post(
        "/pipeline/ask", ["typed": String(repeating: "x", count: 100_000)])
      #expect(large.status == .contentTooLarge)
      #expect(studio.script.begun.isEmpty)
    }
  }

  @Test("markup of a person and of a model stays text")
  func markup() async throws {
    let attack = "<img src=x onerror=\"alert(1)\"></script><script>alert(2)</script>"
    try await ServedStudio.run(.init(text: attack)) { studio in
      var ada = try await studio.visitor()
      let reply = try await ada.post("/pipeline/ask", ["typed": attack])
      for id in ["ask", "choose"] {
        let html = try #require(reply.fragment(id))
        #expect(html.contains("&lt;img src=x"))
        #expect(!html.contains("<img") && !html.contains("<script"))
      }
      let page = try await ada.get("/").text
      #expect(!page.contains("<img") && !page.contains("<script>"))
    }
  }

  @Test(
    "a choice that is none is refused",
    arguments: [
      ("x", "a", 400), ("1", "c", 400), ("999", "a", 409), ("-1", "a", 409), ("1", "", 400),
    ])
  func oddChoices(pair: String, side: String, status: Int) async throws {
    try await ServedStudio.run { studio in
      var ada = try await studio.visitor()
      _ = try await ada.post("/pipeline/ask", ["typed": "Hello?"])
      for path in ["/pipeline/choose", "/preferences/choose"] {
        let reply = try await ada.post(path, ["pair": pair, "side": side])
        #expect(reply.status.code == status, "\(path)")
        #expect(reply.text.contains("\"error\""))
      }
    }
  }

  @Test("steps that are not due are refused with a sentence")
  func tooEarly() async throws {
    try await ServedStudio.run { studio in
      var ada = try await studio.visitor()
      let learn = try await ada.post("/pipeline/learn")
      #expect(learn.status == .conflict)
      #expect(learn.text.contains("There are 0 choices, and 8 are needed."))
      let practise = try await ada.post("/pipeline/practise")
      #expect(practise.status == .conflict)
      #expect(practise.text.contains("Nothing was asked yet."))
    }
  }

  @Test(
    "paths lead nowhere else",
    arguments: [
      "/report?folder=0&name=../secret", "/report?folder=0&name=..%2Fsecret",
      "/run?folder=0&name=%2Fetc", "/report?folder=-1&name=", "/report?folder=9&name=run",
      "/report?folder=x&name=run", "/report", "/run?name=run", "/../secret/report.html",
      "/..%2fsecret/report.html", "/report.html", "/runs/../../secret",
    ])
  func paths(path: String) async throws {
    try await RunCatalogTests.withFolder { folder in
      try RunCatalogTests.writeReport(at: "\(folder)/secret", "<p>not for you</p>")
      try RunCatalogTests.writeReport(at: "\(folder)/shown/run", "<p>fine</p>")
      try await ServedStudio.run(roots: ["\(folder)/shown"]) { studio in
        var ada = StudioVisitor(client: studio.client)
        let reply = try await ada.get(path)
        #expect([.badRequest, .notFound].contains(reply.status), "\(reply.status)")
        #expect(!reply.text.contains("not for you"))
      }
    }
  }

  @Test("a script in somebody's report is dead by the policy, and a broken run says so")
  func hostileRuns() async throws {
    try await RunCatalogTests.withFolder { folder in
      try RunCatalogTests.writeReport(at: "\(folder)/r", "<script>alert(1)</script>")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/b<i>", withIntermediateDirectories: true)
      try Data("{\"attune\": 3".utf8).write(to: URL(filePath: "\(folder)/b<i>/run.json"))
      try await ServedStudio.run(roots: [folder]) { studio in
        var ada = StudioVisitor(client: studio.client)
        let report = try await ada.get("/report?folder=0&name=r")
        #expect(report.status == .ok)
        #expect(
          report.headers[.contentSecurityPolicy]?.hasPrefix(
            "default-src 'none'; script-src 'self'; style-src 'self'") == true)
        let list = try await ada.get("/runs").text
        #expect(list.contains("cannot be read"))
        #expect(list.contains("b&lt;i&gt;") && !list.contains("<i>"))
        let run = try await ada.get("/run?folder=0&name=b%3Ci%3E")
        #expect(run.status == .unprocessableContent)
        #expect(run.text.contains("This run cannot be read"))
      }
    }
  }
}
