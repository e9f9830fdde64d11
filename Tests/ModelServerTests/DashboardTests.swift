import Foundation
import ModelServer
import Monitoring
import PreferenceData
import Testing
import WebSupport

@Suite("Dashboard")
struct DashboardTests {
  private static let start = Date(timeIntervalSince1970: 1_800_000_000)

  private func time(_ seconds: Double) -> Date { Self.start.addingTimeInterval(seconds) }

  /// The token of a session.
  private var token: CSRFToken {
    var random = SeededGenerator(seed: 1)
    return CSRFToken(session: Secret(using: &random))
  }

  // MARK: Load

  @Test("rates are of the last half minute, requests of this moment")
  func rates() {
    let registry = MetricsRegistry()
    let model = ["model_name": "m"]
    var history = LoadHistory()
    #expect(history.load == ServerLoad())
    for step in 0...30 {
      registry.counter(.generationTokens, model).increment(by: step < 16 ? 20 : 200)
      registry.counter(.promptTokens, model).increment(by: 10)
      registry.gauge(.requestsRunning, model).set(to: Double(step))
      registry.gauge(.requestsRunning, ["model_name": "n"]).set(to: 1)
      registry.gauge(.requestsWaiting, model).set(to: 2)
      registry.gauge(.cacheUsage, model).set(to: 0.25)
      history.observe(registry, at: time(Double(2 * step)))
      // A moment that is not later is no other one.
      history.observe(registry, at: time(Double(2 * step)))
    }
    let load = history.load
    #expect(load.running == 31 && load.waiting == 2 && load.cacheUsage == 0.25)
    // From 30 s to 60 s: fifteen times 200 tokens, and fifteen times 10.
    #expect(load.tokensPerSecond == 100 && load.promptTokensPerSecond == 5)
    #expect(load.moments.count == 30 && load.moments.last?.age == 0)
    #expect(load.moments.first?.age == 58 && load.moments.first?.tokensPerSecond == 10)
    #expect(load.moments.allSatisfy { $0.firstToken == nil })
  }

  @Test("a history forgets what is older than its limit")
  func limit() {
    var history = LoadHistory(limit: 3)
    for step in 0..<10 { history.observe(MetricsRegistry(), at: time(Double(step))) }
    #expect(history.load.moments.map(\.age) == [1, 0])
  }

  @Test("times are those of the last half minute; of all there were, where there was none in it")
  func times() throws {
    let registry = MetricsRegistry()
    let first = registry.histogram(.timeToFirstToken, ["model_name": "m"])
    var history = LoadHistory()
    for _ in 0..<100 { first.observe(9) }
    history.observe(registry, at: time(0))
    // Between 0.1 and 0.25 s, evenly: the median is in the middle, 95 % at 0.1 + 0.95 · 0.15.
    for _ in 0..<20 { first.observe(0.2) }
    history.observe(registry, at: time(2))
    let times = try #require(history.load.firstToken)
    #expect(abs(times.median - 0.175) < 1e-12 && abs(times.p95 - 0.2425) < 1e-12)
    #expect(history.load.moments.last?.firstToken == times && history.load.request == nil)
    history.observe(registry, at: time(100))
    history.observe(registry, at: time(102))
    #expect(history.load.moments.last?.firstToken == nil)
    #expect(try #require(history.load.firstToken).median > 5)
  }

  @Test("responses are told apart: answered, turned away, failed")
  func responses() {
    let registry = MetricsRegistry()
    for (status, count) in [("200", 90), ("404", 1), ("429", 3), ("503", 4), ("500", 2)] {
      registry.counter(.httpResponses, ["route": "/v1/models", "status": status])
        .increment(by: Double(count))
    }
    var history = LoadHistory()
    history.observe(registry, at: time(0))
    let load = history.load
    #expect(load.responses == 100 && load.turnedAway == 7 && load.failed == 2)
  }

  @Test("counters become rows, by their labels in order")
  func counts() {
    let registry = MetricsRegistry()
    registry.counter(.feedback, ["arm": "control", "label": "positive"]).increment(by: 3)
    registry.counter(.feedback, ["arm": "candidate", "label": "negative"]).increment()
    _ = registry.counter(.feedback, ["arm": "control", "label": "negative"])
    #expect(
      registry.counts(of: .feedback) == [
        .init(["candidate", "negative"], 1), .init(["control", "positive"], 3),
      ])
  }

  // MARK: Content

  /// A server with everything that can be shown.
  private func full(_ change: (inout CanaryState) -> Void = { _ in }) throws -> DashboardSnapshot {
    var load = ServerLoad()
    (load.running, load.waiting, load.cacheUsage) = (12, 3, 0.42)
    (load.tokensPerSecond, load.promptTokensPerSecond) = (812.4, 2103)
    load.firstToken = .init(median: 0.083, p95: 1.25)
    (load.responses, load.turnedAway, load.failed) = (18_422, 31, 2)
    load.moments = [
      .init(age: 2, running: 11, waiting: 0, tokensPerSecond: 900),
      .init(
        age: 0, running: 12, waiting: 3, tokensPerSecond: 800,
        firstToken: .init(median: 0.08, p95: 0.5)),
    ]
    let plan = try CanaryPlan(experiment: "<helpful>", guardrails: [Guardrail(.unsafe)])
    var state = CanaryState(plan)
    let begun = try state.begin(at: time(0))
    change(&state)
    return DashboardSnapshot(
      time: time(5), model: "a<b", candidate: "c", load: load,
      safety: [.init(["answer", "would_refuse"], 4100)], feedback: [.init(["other"], 2)],
      canary: CanarySnapshot(state, decisions: [begun], at: time(95)),
      alignment: [
        .init(
          "unsafe_rate", value: 0.021, baseline: 0.012, isShare: true, drift: .significant,
          trend: [0.01, .nan, 0.02]), .init("reward_mean", value: nil),
      ], alerts: [.init(.critical, "unsafe & more", since: time(-60))])
  }

  private func message(_ snapshot: DashboardSnapshot) throws -> [String: Any] {
    let text = DashboardPage.message(snapshot)
    #expect(!text.contains("\n"))
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("a message has words, tables, charts and commands as people read them")
  func content() throws {
    let content = try message(full())
    let texts = try #require(content["texts"] as? [String: [String: String]])
    func said(_ name: String) -> String? { texts[name]?["text"] }
    #expect(said("running") == "12" && said("waiting") == "3 wait for a place")
    #expect(texts["waiting"]?["tone"] == "caution" && texts["running"]?["tone"] == nil)
    #expect(said("tokens") == "812" && said("cache") == "42\u{A0}%")
    #expect(said("first-token") == "83 ms" && said("first-token-95") == "19 of 20 within 1.25 s")
    #expect(said("request") == "–" && said("time") == "as of 2027-01-15 08:00:05 UTC")
    #expect(said("failed") == "2" && texts["failed"]?["tone"] == "alarming")
    #expect(said("responses") == "of 18,422 responses; 31 turned away")
    #expect(said("share") == "1\u{A0}%" && said("phase") == "step 1")
    #expect(said("step") == "1 of 5: 0 of 200 answers, 1 min of 1 h 0 min")
    #expect(said("answered") == "0 by the candidate, 0 by the control")

    let tables = try #require(content["tables"] as? [String: [[[String: Any]]]])
    func row(_ table: String, _ place: Int) -> [String]? {
      tables[table].map { $0[place].map { $0["text"] as? String ?? "" } }
    }
    #expect(row("safety", 0) == ["answer", "would refuse", "4,100"])
    #expect(row("feedback", 0) == ["other", "", "2"])
    #expect(row("alert-list", 0) == ["2027-01-15 07:59:00 UTC", "unsafe & more"])
    #expect(
      row("alignment", 0) == [
        "unsafe rate", "2.1\u{A0}%", "1.2\u{A0}%", "+0.9\u{A0}points", "significant", "",
      ])
    #expect(row("alignment", 1) == ["reward mean", "–", "–", "–", "–", ""])
    let trend = try #require(tables["alignment"]?[0][5]["trend"] as? [String: Any])
    #expect(trend["values"] as? [Double] == [0.01, 0.02] && trend["reference"] as? Double == 0.012)
    #expect(row("guardrails", 0) == ["unsafe", "0\u{A0}%", "0.00", "3.00", "0", "0"])
    #expect(content["commands"] as? [String] == ["roll_back", "stop"])

    let charts = try #require(content["charts"] as? [String: [String: Any]])
    let times = try #require(charts["first-token-chart"]?["series"] as? [[String: Any]])
    #expect(times.map { $0["points"] as? [[Double]] } == [[[0, 0.08]], [[0, 0.5]]])
    let tokens = try #require(charts["tokens-chart"]?["series"] as? [[String: Any]])
    #expect(tokens[0]["points"] as? [[Double]] == [[2, 900], [0, 800]])
    #expect(
      charts["tokens-chart"]?["summary"] as? String
        == "Now 812 tokens a second, at most 900 in the last minutes.")
  }

  @Test("what is no number is a dash")
  func notNumbers() throws {
    var load = ServerLoad()
    (load.running, load.waiting, load.tokensPerSecond) = (.nan, .infinity, .nan)
    load.moments = [.init(age: 0, running: .nan, waiting: .infinity, tokensPerSecond: 1)]
    let content = try message(
      DashboardSnapshot(
        time: time(0), model: "m", load: load,
        alignment: [.init("x", value: .nan, baseline: .infinity, trend: [.nan])]))
    let texts = try #require(content["texts"] as? [String: [String: String]])
    #expect(texts["running"]?["text"] == "–" && texts["tokens"]?["text"] == "–")
    #expect(texts["waiting"]?["text"] == "– wait for a place")
    let tables = try #require(content["tables"] as? [String: [[[String: Any]]]])
    #expect(
      tables["alignment"]?[0].prefix(4).map { $0["text"] as? String } == ["x", "–", "–", "–"])
  }

  @Test("evidence near its limit is seen, and beyond it too")
  func evidence() throws {
    func guardrail(_ bad: Int) throws -> (meter: [String: Double], tone: String?) {
      let snapshot = try full { state in
        for place in 0..<bad {
          let exposure = CanaryExposure(
            experiment: "<helpful>", step: 0, arm: .candidate, place: Double(place) / 1e4)
          _ = state.record(CanaryEvent(.unsafe, of: exposure), at: time(1))
        }
      }
      let tables = try message(snapshot)["tables"] as? [String: [[[String: Any]]]]
      let cell = try #require(tables?["guardrails"]?[0])
      return (try #require(cell[1]["meter"] as? [String: Double]), cell[2]["tone"] as? String)
    }
    let limit = log(20.0)
    let one = try guardrail(1)
    #expect(abs(try #require(one.meter["limit"]) - limit) < 1e-12)
    // One event of a candidate with a share of 1 %: E is at most 1/0.01, and above 1.
    #expect(try #require(one.meter["value"]) > 0 && one.meter["value"] ?? 9 < log(100))
    let many = try guardrail(9)
    #expect(many.tone == "alarming" && many.meter["value"] ?? 0 >= limit)
  }

  // MARK: Pages

  @Test("the page has every number of the message, escaped, and runs nothing within itself")
  func page() throws {
    let snapshot = try full()
    let html = DashboardPage(snapshot, token: token).rendered()
    #expect(html.contains("<h1>a&lt;b, and c on trial</h1>") && !html.contains("<helpful>"))
    #expect(html.contains("<h2>Canary &lt;helpful&gt;</h2>"))
    let texts = try #require(try message(snapshot)["texts"] as? [String: [String: String]])
    for (name, text) in texts {
      let shown = try #require(text["text"])
      let tone = text["tone"].map { " data-tone=\"\($0)\"" } ?? ""
      #expect(html.contains("data-text=\"\(name)\"\(tone)>\(shown)</span>"), "\(name)")
    }
    let tables = try #require(try message(snapshot)["tables"] as? [String: Any])
    for name in tables.keys { #expect(html.contains("<table id=\"\(name)\""), "\(name)") }
    #expect(html.contains("<meter min=\"0\""))
    #expect(html.contains("<td class=\"tone-alarming\">unsafe &amp; more</td>"))
    for forbidden in [" style=", " onclick", "javascript:", "<style", "src=\"http", "href=\"http"] {
      #expect(!html.contains(forbidden), "\(forbidden)")
    }
    #expect(html.ranges(of: "<script").count == 1)
    #expect(html.contains("<script src=\"/dashboard.js\" defer=\"\"></script>"))
    // Every id once.
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
    #expect(Set(ids).count == ids.count)
  }

  @Test(
    "commands that can be asked for are open, the others hidden; each is confirmed and has the token"
  )
  func commands() throws {
    let html = DashboardPage(try full(), token: token).rendered()
    for kind in CanaryCommand.Kind.allCases {
      let isOpen = [.rollBack, .stop].contains(kind)
      let opening = "<details data-command=\"\(kind.rawValue)\"\(isOpen ? "" : " hidden=\"\"")>"
      #expect(html.contains(opening), "\(kind)")
      let form = try #require(
        html.split(separator: "<form method=\"post\" action=\"\(DashboardPage.path(of: kind))\"")
          .dropFirst().first?.split(separator: "</form>").first)
      #expect(form.contains("name=\"csrf_token\" value=\"\(token.text)\""))
      #expect(form.contains("type=\"checkbox\" name=\"sure\" value=\"yes\" required"))
      #expect(form.contains("name=\"reason\"") == kind.needsReason)
    }
    #expect(DashboardPage.path(of: .rollBack) == "/canary/roll_back")
  }

  @Test("without a canary there is no word of it, and a notice is said")
  func quiet() {
    let snapshot = DashboardSnapshot(time: time(0), model: "m", load: ServerLoad())
    let html = DashboardPage(snapshot, token: token, notice: "It <cannot>.").rendered()
    #expect(!html.contains("Canary") && !html.contains("/canary/"))
    #expect(html.contains("role=\"alert\">It &lt;cannot&gt;.</p>"))
    #expect(html.contains("Nothing is measured here yet."))
  }

  @Test("the entrance asks for the key, and says what was wrong with the last")
  func entrance() {
    let html = EntrancePage(problem: "That is <not> the key.").rendered()
    #expect(html.contains("action=\"/sign-in\"") && html.contains("type=\"password\""))
    #expect(html.contains("role=\"alert\">That is &lt;not&gt; the key.</p>"))
    #expect(!EntrancePage().rendered().contains("role=\"alert\"") && !html.contains("<script"))
    #expect(
      EntrancePage.failure(title: "404", message: "No <page>.").contains("No &lt;page&gt;."))
  }

  @Test("the script looks for what the page has")
  func script() throws {
    let script = AdminAssets.script
    let html = DashboardPage(try full(), token: token).rendered()
    #expect(script.contains("EventSource(\"\(AdminAssets.eventsPath)\")"))
    for name in ["data-text", "data-command", "id=\"live\"", "class=\"plot\"", "class=\"legend\""] {
      #expect(html.contains(name))
    }
    // Nothing is made of text that could be markup.
    for forbidden in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval("] {
      #expect(!script.contains(forbidden))
    }
    #expect(AdminAssets.style.contains("--link") && AdminAssets.style.contains(".field"))
    let charts = try #require(try message(full())["charts"] as? [String: Any])
    for name in charts.keys { #expect(html.contains("<figure id=\"\(name)\"")) }
  }
}
