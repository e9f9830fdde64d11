import Foundation
import HTTPTypes
import PreferenceData
import Studio
import Testing

@Suite("The studio's pages")
struct StudioPagesTests {
  /// Whether a page's elements end in the order in which they begin.
  private func isWellFormed(_ html: String) -> Bool {
    let void: Set = ["meta", "link", "input", "!doctype"]
    var open: [Substring] = []
    for tag in html.split(separator: "<").dropFirst() {
      let name = tag.prefix { !" >\n".contains($0) }
      if name.hasPrefix("/") {
        guard open.popLast() == name.dropFirst() else { return false }
      } else if !void.contains(String(name)) {
        open.append(name)
      }
    }
    return open.isEmpty
  }

  /// Whether every name on a page is there once.
  private func hasOwnNames(_ html: String) -> Bool {
    let names = html.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    return names.count == Set(names).count
  }

  @Test(
    "each is there, well-formed and with its script", arguments: ["/", "/preferences", "/runs"])
  func pages(path: String) async throws {
    try await ServedStudio.run { studio in
      var visitor = StudioVisitor(client: studio.client)
      let reply = try await visitor.get(path)
      #expect(reply.status == .ok)
      #expect(isWellFormed(reply.text))
      #expect(hasOwnNames(reply.text))
      #expect(reply.text.contains("aria-current=\"page\""))
      #expect(reply.text.contains("href=\"/studio.css\""))
      #expect(!reply.text.contains("http://") || reply.text.contains("http://www.w3.org"))
      #expect(!reply.text.contains("<style") && !reply.text.contains(" style="))
      #expect(path == "/runs" || reply.text.contains("src=\"/studio.js\""))
    }
  }

  @Test(
    "style and script are the server's own",
    arguments: ["/studio.css", "/report.css", "/studio.js"])
  func assets(path: String) async throws {
    try await ServedStudio.run { studio in
      var visitor = StudioVisitor(client: studio.client)
      let reply = try await visitor.get(path)
      #expect(reply.status == .ok)
      #expect(
        reply.headers[.contentType]
          == (path.hasSuffix("css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"))
      // A line that a literal has broken would be no script.
      #expect(!reply.text.contains("split(\"\n"))
    }
  }

  @Test("a person goes through the pipeline, from a prompt to another answer")
  func pipeline() async throws {
    try await ServedStudio.run { studio in
      var ada = try await studio.visitor()
      let asked = try await ada.post("/pipeline/ask", ["typed": " Who are you? "])
      #expect(asked.status == .ok)
      #expect(asked.headers[.contentType] == "text/event-stream; charset=utf-8")
      #expect(asked.messages.first?.name == "progress")
      #expect(asked.fragment("ask")?.contains("Who are you?") == true)
      #expect(asked.fragment("ask")?.contains("yes 3") == true)
      #expect(asked.fragment("choose")?.contains("data-auto=\"/pipeline/pairs\"") == true)
      #expect(
        studio.script.begun.first
          == .answer(prompt: "Human: Who are you?\n\nAssistant:", count: 4, seed: 1 << 32 | 1))

      _ = try await ada.post("/pipeline/pairs")
      var reply = try await ada.post("/pipeline/choose", ["pair": "1", "side": "b"])
      #expect(reply.fragment("choose")?.contains("1 choice, 1 of them yours.") == true)
      reply = try await ada.post("/pipeline/choose", ["pair": "2", "side": "skip"])
      #expect(reply.fragment("choose")?.contains("1 choice, 1 of them yours.") == true)
      for number in 3...9 {
        reply = try await ada.post("/pipeline/choose", ["pair": "\(number)", "side": "a"])
      }
      #expect(reply.fragment("learn")?.contains("upto=milestone") == true)

      reply = try await ada.post("/pipeline/learn?upto=milestone")
      #expect(reply.fragment("learn")?.contains("<svg") == true)
      #expect(
        reply.fragment("learn")?.contains(
          "With 8 comparisons it is right on 60 of 100 held-out pairs")
          == true)
      #expect(reply.fragment("learn")?.contains("upto=milestone") == false)

      reply = try await ada.post("/pipeline/practise")
      let update = try #require(reply.fragment("update"))
      #expect(update.contains("before") && update.contains("after"))
      #expect(update.contains("0.50 before and 0.75 after"))
      #expect(update.components(separatedBy: "<figure>").count == 4)
      guard case .practise(let model, _, _, _)? = studio.script.begun.last else {
        Issue.record("the policy has not practised")
        return
      }
      #expect(model == "reward-8")

      let page = try await ada.get("/").text
      #expect(isWellFormed(page))
      #expect(hasOwnNames(page))
      #expect(page.contains("0.50 before and 0.75 after"))
    }
  }

  @Test("the simulated annotator chooses as often as it is told")
  func simulated() async throws {
    try await ServedStudio.run { studio in
      var ada = try await studio.visitor()
      _ = try await ada.post("/pipeline/ask", ["typed": "Hello?"])
      let reply = try await ada.post("/pipeline/simulate", ["count": "50"])
      #expect(reply.fragment("choose")?.contains("50 choices, 0 of them yours.") == true)
      #expect(try await ada.post("/pipeline/simulate", ["count": "51"]).status == .badRequest)
      let learned = try await ada.post("/pipeline/learn")
      #expect(learned.messages.filter { $0.name == "fragment" }.count == 6 * 3)
      guard case .learn(let choices, let counts)? = studio.script.begun.last else {
        Issue.record("nothing was learned")
        return
      }
      #expect(choices.count == 50)
      #expect(counts == [8, 16, 24, 32, 48, 50])
    }
  }

  @Test("choices are saved as records of preferences, each browser's own")
  func saved() async throws {
    try await ServedStudio.run(.init(text: " \"yes\"\n")) { studio in
      var (ada, eve) = (try await studio.visitor(), try await studio.visitor())
      _ = try await ada.post("/pipeline/ask", ["typed": "Hello?"])
      _ = try await ada.post("/pipeline/choose", ["pair": "1", "side": "b"])
      let saved = try await ada.get("/pipeline/choices.jsonl")
      #expect(saved.headers[.contentDisposition] == "attachment; filename=\"choices.jsonl\"")
      let row = try JSONValue.value(parsing: Array(saved.text.utf8))
      #expect(
        row
          == .object([
            "prompt": .string("Human: Hello?\n\nAssistant:"), "chosen": .string(" \"yes\"\n 1"),
            "rejected": .string(" \"yes\"\n 0"), "annotator": .string("person"),
          ]))
      #expect(try await eve.get("/pipeline/choices.jsonl").text.isEmpty)
      let reply = try await ada.post("/pipeline/restart")
      #expect(reply.fragment("choose")?.contains("Ask something first.") == true)
      #expect(try await ada.get("/pipeline/choices.jsonl").text.isEmpty)
    }
  }

  @Test("what comes of a job of before the start anew is not kept, and the person is told")
  func startingAnewMeanwhile() async throws {
    try await ServedStudio.run(.init(isHeld: true)) { studio in
      let ada = try await studio.visitor()
      async let asked = {
        var browser = ada
        return try await browser.post("/pipeline/ask", ["typed": "Hello?"])
      }()
      while studio.script.begun.isEmpty { await Task.yield() }
      var other = ada
      #expect(try await other.post("/pipeline/restart").status == .ok)
      studio.script.release()
      let reply = try await asked
      #expect(reply.fragment("ask") == nil)
      #expect(
        reply.messages.last?.fields["text"]
          == .string("You have started anew, and what was under way is not kept."))
      #expect(try await other.get("/").text.contains("Ask something first."))
    }
  }

  @Test("preferences are learned choice by choice")
  func preferences() async throws {
    try await ServedStudio.run { studio in
      var ada = try await studio.visitor(at: "/preferences")
      var reply = try await ada.post("/preferences/choose", ["pair": "1", "side": "a"])
      #expect(reply.fragment("learned")?.contains("1 choice, 1 of them yours.") == true)
      #expect(reply.fragment("choose")?.contains("name=\"pair\" value=\"2\"") == true)
      reply = try await ada.post("/preferences/choose", ["pair": "2", "side": "skip"])
      #expect(reply.fragment("learned")?.contains("1 choice, 1 of them yours.") == true)
      reply = try await ada.post("/preferences/simulate", ["count": "10"])
      #expect(reply.fragment("learned")?.contains("11 choices, 1 of them yours.") == true)
      let page = try await ada.get("/preferences").text
      #expect(isWellFormed(page))
      #expect(hasOwnNames(page))
      #expect(page.contains("filler words"))
      reply = try await ada.post("/preferences/restart")
      #expect(reply.fragment("learned")?.contains("Nothing was chosen yet") == true)
    }
  }

  @Test("runs are listed, shown with their curves, and their reports with a style")
  func runs() async throws {
    try await RunCatalogTests.withFolder { folder in
      try RunCatalogTests.writeRun(at: "\(folder)/my run")
      try RunCatalogTests.writeReport(
        at: "\(folder)/my run",
        "<html><head><style>\nx { y: z }</style></head><p>as it was</p></html>")
      try await ServedStudio.run(roots: [folder]) { studio in
        var ada = StudioVisitor(client: studio.client)
        let list = try await ada.get("/runs").text
        #expect(isWellFormed(list))
        #expect(list.contains("my run"))
        #expect(list.contains("reward"))
        #expect(list.contains("finished"))
        #expect(list.contains("href=\"/run?folder=0&amp;name=my%20run\""))
        let run = try await ada.get("/run?folder=0&name=my%20run")
        #expect(run.status == .ok)
        #expect(isWellFormed(run.text))
        #expect(hasOwnNames(run.text))
        #expect(run.text.contains("0.750 → 0.500"))
        let report = try await ada.get("/report?folder=0&name=my%20run")
        #expect(
          report.text
            == "<html><head><link rel=\"stylesheet\" href=\"/report.css\"></head><p>as it was</p></html>"
        )
      }
    }
  }
}
