import AnnotationStore
import Foundation
import HTTPTypes
import PreferenceData
import Testing

@Suite("The task page")
struct TaskPageTests {
  @Test("a task is shown, answered, taken back and answered anew")
  func working() async throws {
    try await ServedProject.run { served in
      var ada = try await served.person("Ada")
      let page = try await ada.get("/task")
      #expect(page.text.contains("question ") && page.text.contains("first answer to"))
      #expect(!page.text.contains("secret-model"))
      let first = ada.assignment
      let reply = try await ada.post(
        "/task",
        [
          "token": first, "verdict": "0", "strength": "2", "confidence": "high",
          "rating.helpfulness.0": "5", "rating.helpfulness.1": "", "reason": "<b>it's good</b>",
          "active_seconds": "12.5",
        ])
      #expect(reply.status == .seeOther)
      let judgment = try #require(try served.project.judgments().first)
      let place = judgment.shownOrder[0]
      #expect(judgment.answer.verdict == .prefers(place, strength: 2))
      #expect(judgment.answer.ratings["helpfulness"]?[place] == 5)
      #expect(judgment.answer.confidence == .high && judgment.answer.reason == "<b>it's good</b>")
      #expect(try await ada.get("/task").text.contains("1 judgment given"))
      #expect(ada.assignment != first)
      #expect(try await ada.post("/undo", [:]).status == .seeOther)
      let again = try await ada.get("/task").text
      #expect(
        again.contains("0 judgments given") && again.contains("&lt;b&gt;it&#39;s good&lt;/b&gt;"))
      #expect(again.contains("name=\"verdict\" value=\"0\" checked"))
      #expect(again.contains("name=\"strength\" value=\"2\" checked"))
      #expect(again.contains("name=\"rating.helpfulness.0\" value=\"5\" checked"))
      for _ in 0..<3 {
        _ = try await ada.post("/task", ["token": ada.assignment, "verdict": "tie"])
        _ = try await ada.get("/task")
      }
      #expect(try await ada.get("/task").text.contains("Nothing left to do"))
      #expect(try served.project.judgments().count == 3)
    }
  }

  @Test("what is missing is said beside what is filled in")
  func incomplete() async throws {
    try await ServedProject.run({ $0.reason = .undecided }) { served in
      var ada = try await served.person("Ada")
      let cases: [(KeyValuePairs<String, String>, String)] = [
        (["confidence": "low"], "Say which is better"),
        (["verdict": "1"], "Say how much better it is"),
        (["verdict": "tie", "confidence": "low"], "A reason is needed"),
        (["verdict": "0", "strength": "9"], "The strength is 9"),
      ]
      for (fields, sentence) in cases {
        var form = Array(fields.map { ($0.key, $0.value) })
        form.append(("token", ada.assignment))
        let body = (form + [("csrf_token", ada.token)])
          .map { "\(Visitor.encoded($0.0))=\(Visitor.encoded($0.1))" }.joined(separator: "&")
        let reply = try await ada.send(
          "/task", .post, [.contentType: "application/x-www-form-urlencoded"], body)
        #expect(reply.status == .unprocessableContent)
        #expect(reply.text.contains(sentence) && reply.text.contains("role=\"alert\""))
        if fields.contains(where: { $0.key == "confidence" }) {
          #expect(reply.text.contains("value=\"low\" checked"))
        }
      }
      #expect(try served.project.judgments().isEmpty)
    }
  }

  @Test("drafts come back; skipped tasks do not")
  func drafts() async throws {
    try await ServedProject.run { served in
      var ada = try await served.person("Ada")
      let saved = try await ada.post(
        "/task/draft",
        ["token": ada.assignment, "verdict": "1", "reason": "so \"far\"", "active_seconds": "8"])
      #expect(saved.status == .noContent)
      let page = try await ada.get("/task").text
      #expect(page.contains("so &quot;far&quot;") && page.contains("value=\"1\" checked"))
      #expect(page.contains("id=\"active_seconds\" value=\"8.0\""))
      let first = ada.assignment
      #expect(
        try await ada.post("/task/flag", ["token": first, "reason": "odd"]).status == .seeOther)
      #expect(
        try await ada.post("/task/skip", ["token": first, "reason": " "]).status
          == .unprocessableContent)
      #expect(
        try await ada.post("/task/skip", ["token": first, "reason": "no"]).status == .seeOther)
      _ = try await ada.get("/task")
      #expect(ada.assignment != first)
      #expect(
        try await ada.post("/task/draft", ["token": first, "verdict": "1"]).status == .conflict)
      #expect(try served.project.reviewQueue().count == 1)
    }
  }

  @Test("everything that a model said is text, and nothing of it acts")
  func escaping() async throws {
    let attack = "</textarea><script>alert('x')</script><img src=x onerror=alert(1)>\" onload=\"x"
    var task = NewTask(
      prompt: .text(
        "\n\nHuman: \(attack)\n\nAssistant: \(attack)\n\nHuman: \(attack)\n\nAssistant:"),
      responses: [
        .init(.text(attack)), .init(.messages([.init(role: attack, content: attack)])),
      ])
    task.name = attack
    try await ServedProject.run(tasks: [task], { $0.criteria = [] }) { served in
      var ada = try await served.person("Ada \(attack.prefix(40))", .administrator)
      let first = try await ada.get("/task")
      _ = try await ada.post(
        "/task/draft", ["token": ada.assignment, "verdict": "tie", "reason": attack])
      _ = try await ada.post("/task/flag", ["token": ada.assignment, "reason": attack])
      var pages = [first, try await ada.get("/task"), try await ada.get("/review")]
      _ = try await ada.post(
        "/task", ["token": ada.assignment, "verdict": "tie", "reason": attack])
      pages += [try await ada.get("/review"), try await ada.get("/admin")]
      for page in pages {
        #expect(page.status == .ok)
        for part in ["<script>alert", "<img", "onload=\"x", "</textarea><script"] {
          #expect(!page.text.contains(part))
        }
        let policy = page.headers[.init("Content-Security-Policy") ?? .accept] ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"))
        #expect(!policy.contains("unsafe"))
      }
    }
  }

  @Test("responses to rank have a rank each")
  func ranking() async throws {
    var task = NewTask(prompt: .text("q"), responses: ["x", "y", "z"].map { .init(.text($0)) })
    task.name = "r"
    try await ServedProject.run(tasks: [task]) { served in
      var ada = try await served.person("Ada")
      let page = try await ada.get("/task").text
      #expect(page.contains("Rank of answer C") && !page.contains("Both bad"))
      #expect(
        try await ada.post("/task", ["token": ada.assignment, "rank.0": "1", "rank.1": "3"]).status
          == .unprocessableContent)
      #expect(
        try await ada.post(
          "/task", ["token": ada.assignment, "rank.0": "2", "rank.1": "1", "rank.2": "3"]
        ).status == .seeOther)
      let judgment = try #require(try served.project.judgments().first)
      var ranks = [0, 0, 0]
      for (shown, place) in judgment.shownOrder.enumerated() { ranks[place] = [2, 1, 3][shown] }
      #expect(judgment.answer.verdict == .ranking(ranks))
    }
  }
}
