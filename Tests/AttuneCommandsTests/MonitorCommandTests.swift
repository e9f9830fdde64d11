import Foundation
import Testing

@Suite("attune monitor")
struct MonitorCommandTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func monitor(_ arguments: String...) throws -> Invocation {
    try Invocation(["monitor"] + arguments, in: folder)
  }

  /// Questions, sixty as a rule, each with an answer of so many words and a reward.
  private func log(
    _ name: String, words: Int, reward: Double, from start: Int = 0, count: Int = 60
  ) throws {
    let lines = (start..<(start + count)).map { number in
      let answer = (0..<(words + number % 4)).map { "word\($0)" }.joined(separator: " ")
      let question = "bake bread \(number) \(["soon", "late", "now"][number % 3])"
      return
        #"{"prompt":"\#(question)","completion":"\#(answer)","reward":\#(reward + Double(number % 5))}"#
    }
    try folder.write(lines.map { "\($0)\n" }.joined(), to: name)
  }

  @Test(
    "answers twice as long and worse are a drift, told of in table, page and JSON, with status 2")
  func report() throws {
    try log("before.jsonl", words: 10, reward: 5)
    try log("after.jsonl", words: 20, reward: 1, from: 60)
    let run = try monitor(
      "report", "--baseline", "before.jsonl", "--current", "after.jsonl", "--out", "page.html",
      "--json")
    #expect(run.status == 2, "\(run.error)")
    #expect(run.output.hasPrefix("The model’s behaviour has drifted: reward, length, words"))
    let report = try #require(try run.report()["report"] as? [String: Any])
    let findings = try #require(report["behaviour"] as? [[String: Any]])
    #expect(
      findings.contains { $0["name"] as? String == "length" && $0["is_drift"] as? Bool == true })
    #expect(try folder.text("page.html").contains("monitor report</p>"))
    let same = try monitor(
      "report", "--baseline", "before.jsonl", "--current", "before.jsonl", "--out", "page.html")
    #expect(same.status == 0, "\(same.output)")
  }

  @Test("a rule that fires ends with 2, and one that reads nothing is told of")
  func rules() throws {
    try log("before.jsonl", words: 10, reward: 5)
    try folder.write(
      "rules: [{metric: reward_mean, above: 1}, {metric: nothing, above: 1}]", to: "rules.yaml")
    let run = try monitor(
      "report", "--baseline", "before.jsonl", "--current", "before.jsonl", "--rules", "rules.yaml",
      "--out", "page.html")
    #expect(run.status == 2)
    #expect(run.error.contains("warning 'reward_mean': reward_mean is above 1"))
    #expect(run.error.contains("the rule 'nothing' reads 'nothing', which these logs do not have"))
  }

  @Test("a watched log makes a line a window, alarms once, and goes on where it was")
  func watch() throws {
    try log("before.jsonl", words: 10, reward: 5)
    try log("live.jsonl", words: 20, reward: 1, from: 60, count: 70)
    let arguments = [
      "monitor", "watch", "--responses", "live.jsonl", "--baseline", "before.jsonl", "--window",
      "60", "--once",
    ]
    let first = try Invocation(arguments, in: folder)
    #expect(first.status == 2, "\(first.error)")
    #expect(
      first.output.contains("        1        60") && first.error.contains("critical 'behaviour'"))
    let second = try Invocation(arguments, in: folder)
    #expect(second.status == 0 && !second.error.contains("critical"))
    #expect(second.error.contains("attune: 10 responses wait for a window of 60 to be full"))
  }

  @Test(
    "with too few questions nothing is said of the model, and why is said with how many it takes")
  func tooFew() throws {
    try log("before.jsonl", words: 10, reward: 5, count: 12)
    let run = try monitor(
      "report", "--baseline", "before.jsonl", "--current", "before.jsonl", "--out", "page.html")
    #expect(run.status == 0, "\(run.error)")
    #expect(
      run.output.hasPrefix(
        "There are too few questions to say whether the model answers as it did.\n"))
    // Twelve a side where twenty are needed.
    let sentence =
      "ot tested: reward; length, words; different word pairs; toxicity; refused – of the baseline’s 12 different "
      + "questions 12 can be compared, and a test takes 20; about 8 more would do; of the window’s 12 different "
      + "questions 12 can be compared, and a test takes 20; about 8 more would do"
    #expect(run.output.contains("\nn\(sentence)\n"), "\(run.output)")
    #expect(try folder.text("page.html").contains("N\(sentence)."))
    try log("live.jsonl", words: 10, reward: 5, count: 20)
    let watched = try monitor(
      "watch", "--responses", "live.jsonl", "--baseline", "before.jsonl", "--window", "20",
      "--once")
    #expect(watched.status == 0 && watched.output.hasSuffix("  not tested\n"), "\(watched.output)")
    #expect(watched.error.contains("of the baseline’s 12 different questions"))
  }

  @Test("a rule may name all of behaviour, in a report as in a watch")
  func behaviourRule() throws {
    try log("before.jsonl", words: 10, reward: 5)
    try log("after.jsonl", words: 20, reward: 1, from: 60)
    try folder.write("rules: [{metric: behaviour, drift: moderate}]", to: "rules.yaml")
    let run = try monitor(
      "report", "--baseline", "before.jsonl", "--current", "after.jsonl", "--rules", "rules.yaml",
      "--out", "page.html")
    #expect(
      run.status == 2 && run.error.contains("warning 'behaviour': behaviour is drifting"),
      "\(run.error)")
  }

  @Test("what cannot be watched is told of, and so is a rule that reads nothing, once")
  func watchErrors() throws {
    try log("before.jsonl", words: 10, reward: 5)
    try log("live.jsonl", words: 10, reward: 5, count: 120)
    try folder.write("rules: [{metric: rewrad_mean, above: 1}]", to: "rules.yaml")
    func watch(_ arguments: String...) throws -> Invocation {
      try Invocation(
        ["monitor", "watch", "--baseline", "before.jsonl", "--once", "--window", "60"] + arguments,
        in: folder)
    }
    let run = try watch("--responses", "live.jsonl", "--rules", "rules.yaml")
    #expect(run.status == 0)
    #expect(
      run.error
        == "attune: the rule 'rewrad_mean' reads 'rewrad_mean', which these logs do not have\n")
    let missing = try watch("--responses", "none.jsonl")
    #expect(missing.status == 65 && missing.error.contains("none.jsonl: "), "\(missing.error)")
    let packed = try watch("--responses", "live.jsonl.gz")
    #expect(packed.status == 64)
    #expect(
      packed.error.contains(
        "'--responses' is 'live.jsonl.gz', which cannot be followed; give the file before it is compressed"
      ))
    try folder.write("{}", to: "state")
    let state = try watch("--responses", "live.jsonl", "--state", "state")
    #expect(
      state.status == 65
        && state.error.contains(
          "state: this is no state of attune monitor watch; remove it to begin anew, or give another --state"
        ), "\(state.error)")
    let address = try watch("--responses", "live.jsonl", "--webhook", "hook")
    #expect(
      address.status == 64 && address.error.contains("must have the form https://host/path"),
      "\(address.error)")
  }

  @Test("the dashboard and the rules are written")
  func dashboard() throws {
    try folder.write("rules: [{metric: toxicity, above: 0.05, for: 60}]", to: "rules.yaml")
    let run = try monitor(
      "dashboard", "--out", "grafana.json", "--rules-out", "alerts.yml", "--rules", "rules.yaml")
    #expect(run.status == 0, "\(run.error)")
    #expect(try folder.text("grafana.json").hasPrefix("{"))
    let rules = try folder.text("alerts.yml")
    #expect(rules.contains(#"expr: 'attune_alignment{metric="toxicity"} > 0.05'"#))
    #expect(rules.contains("for: 60s"))
  }

  @Test(
    "options that cannot be are refused",
    arguments: [
      (["--out", "page"], "'--out' is 'page', but the page's name must end in .html"),
      (["--out", "a.html", "--greedy"], "'--greedy' is about '--canary-prompts'"),
      (
        ["--out", "a.html", "--temperature", "0.5"], "'--temperature' is about '--canary-prompts'"
      ),
      (["--out", "a.html", "--alpha", "1"], "'--alpha' is 1.0, but must be above 0 and below 1"),
      (
        ["--out", "a.html", "--relative-limit", "0"],
        "'--relative-limit' is 0.0, but must be above 0 (10 is 10 %)"
      ),
      (
        ["--out", "a.html", "--canary-prompts", "c.jsonl"],
        "'--canary-prompts' needs '--model', which answers, and '--reward', which judges"
      ),
    ])
  func refusals(arguments: [String], words: String) throws {
    let run = try Invocation(
      ["monitor", "report", "--baseline", "a", "--current", "b"] + arguments, in: folder)
    #expect(run.status == 64 && run.error.contains(words), "\(run.error)")
  }
}
