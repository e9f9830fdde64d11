import Foundation
import Monitoring
import Oversight
import Pipelines
import PreferenceData
import Reports
import Testing

@Suite("Logged responses")
struct ObservedResponseTests {
  private func file(_ lines: String...) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jsonl").path
    try lines.map { "\($0)\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("a row is read with all that is known, other fields are ignored, and is written as it was")
  func wholeRow() throws {
    let line =
      #"{"id":"a","time":"2026-05-01T09:30:00Z","prompt":[{"role":"user","content":"Hi there"}],"#
      + #""completion":"Hello","model":"m","policy":"p","arm":"candidate","finish_reason":"stop","#
      + #""prompt_tokens":3,"completion_tokens":1,"seconds":0.5,"first_token_seconds":0.25,"reward":1.5,"#
      + #""rewards":[1,2],"safety":{"harmful":0.25},"stance":"partial","harmful_prompt":false,"feedback":-1}"#
    let path = try file(String(line.dropLast()) + #","other":[1]}"#)
    let response = try #require(try ObservedResponse.read([path]).first)
    #expect(response.question == "Hi there" && response.stance == .partial)
    #expect(response.time == Date(timeIntervalSince1970: 1_777_627_800))
    #expect(response.rewardVariance == 0.25)
    #expect(JSONValue.object(response.row) == JSONValue(parsing: Array(line.utf8)))
  }

  @Test("plain rows, lists of completions and null are read as attune generate writes them")
  func plainRows() throws {
    let path = try file(
      #"{"prompt":"a","completion":"x"}"#, #"{"prompt":"b","completion":["y","z"]}"#,
      #"{"prompt":"c","completion":null}"#)
    #expect(try ObservedResponse.read([path]).map(\.completion) == ["x", "y", "z"])
  }

  @Test("malformed rows are all told of, with file and line")
  func malformed() throws {
    let path = try file(
      #"{"prompt":"a","completion":"x","feedback":2}"#, "{", #"{"completion":"x"}"#,
      #"{"prompt":"a","completion":"x","time":"noon"}"#)
    let error = #expect(throws: DataError.self) { try ObservedResponse.read([path]) }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("4 rows are malformed:\n"))
    for words in [
      "\(path):1: field `feedback`: saw the number 2; allowed is a number from −1 to 1; correct the value.",
      "\(path):2: ", "\(path):3: field `prompt`: saw no such field",
      "\(path):4: field `time`: saw the text \"noon\"; allowed is a time as ISO 8601 has it",
    ] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
  }
}

@Suite("Measures of responses")
struct ResponseMeasurerTests {
  private func response(
    _ completion: String, change: (inout ObservedResponse) -> Void = { _ in }
  ) -> ObservedResponse {
    var response = ObservedResponse(prompt: .text("How are you?"), completion: completion)
    change(&response)
    return response
  }

  @Test("lengths, different pairs, words of the list and refusals are read from the text")
  func text() {
    let measurer = ResponseMeasurer(comparing: [response("x")])
    let values = measurer(response("a b a b a")).values
    // ab ba ab ba: two of four pairs.
    #expect(values[.length] == 5 && values[.characters] == 9 && values[.diversity] == 0.5)
    #expect(values[.promptLength] == 3 && values[.refusal] == 0 && values[.toxicity] == 0)
    #expect(values[.unsafe] == nil && values[.safetyScore] == nil)
    #expect(measurer(response("They murder him.")).values[.toxicity] == 1)
    #expect(measurer(response("I cannot help with that.")).values[.refusal] == 1)
  }

  @Test("labels count where every response has them, with the threshold")
  func labels() {
    let labelled = response("fine") { $0.safety = ["a": 0.2, "b": 0.6] }
    let measurer = ResponseMeasurer(comparing: [labelled])
    #expect(measurer(labelled).values[.toxicity] == 0.6 && measurer(labelled).values[.unsafe] == 1)
    #expect(measurer(labelled).values[.safetyScore] == 0.1)
    let lenient = ResponseMeasurer(comparing: [labelled], threshold: 0.7)
    #expect(lenient(labelled).values[.unsafe] == 0)
    let mixed = ResponseMeasurer(comparing: [labelled], with: [response("fine")])
    #expect(mixed.toxicity == .words && mixed(labelled).values[.toxicity] == 0)
  }

  @Test("refusals of harmful and of harmless requests are kept apart")
  func refusals() {
    let measurer = ResponseMeasurer(toxicity: .words, stance: .log)
    let harmful = measurer(
      response("no") { ($0.stance, $0.isHarmfulPrompt) = (.refuse, true) }
    ).values
    #expect(harmful[.refusalOfHarmful] == 1 && harmful[.refusalOfHarmless] == nil)
    #expect(harmful[.safetyScore] == 1)
    let helped = measurer(
      response("yes") { ($0.stance, $0.isHarmfulPrompt) = (.comply, true) }
    ).values
    #expect(helped[.refusalOfHarmful] == 0 && helped[.safetyScore] == 0.1)
  }
}

@Suite("Live windows and results")
struct LiveWindowTests {
  private func traffic(
    _ count: Int, _ fault: MonitoredTraffic.Fault = .none, seed: UInt64
  ) -> [ObservedResponse] {
    var random = SeededGenerator(seed: seed)
    return MonitoredTraffic(fault: fault).responses(count, using: &random)
  }

  private func baseline() -> AlignmentBaseline {
    let rows = traffic(200, seed: 1)
    return AlignmentBaseline(
      rows, measurer: ResponseMeasurer(comparing: rows), settings: .quick)
  }

  @Test("it holds the latest responses, the oldest first, and no more")
  func memory() {
    var window = LiveWindow(baseline: baseline(), capacity: 3)
    let rows = traffic(5, seed: 2)
    for row in rows { window.add(row) }
    #expect(window.total == 5 && window.isFull)
    #expect(window.responses.map(\.measured.response) == Array(rows.suffix(3)))
    let rewards = rows.suffix(3).compactMap(\.reward)
    #expect(abs((window.values["reward_mean"] ?? 0) - rewards.reduce(0, +) / 3) < 1e-12)
    #expect(window.values["reward_p50"] == rewards.sorted()[1])
  }

  @Test("rules read values, the baseline of the same topics, and drift where tests were made")
  func readings() throws {
    var window = LiveWindow(baseline: baseline(), capacity: 150)
    for row in traffic(150, .reward, seed: 4) { window.add(row) }
    #expect(window.readings()["reward_mean"]?.drift == nil)
    let report = try window.report()
    let readings = window.readings(with: report)
    #expect(
      readings["reward_mean"]?.drift == .significant && readings["reward"]?.drift == .significant)
    #expect(
      readings["length"]?.drift == AlertReading.Drift.none && readings["topics"]?.drift != nil)
    var watch = try AlertWatch(rules: [AlertRule("reward_mean", .falls(by: 0.5))])
    #expect(watch.observe(readings, at: Date(timeIntervalSince1970: 0)).count == 1)
    // The same seed says the same.
    #expect(try window.report() == report)
    let result = MonitorResult(baseline: "a.jsonl", current: "b.jsonl", report: report)
    #expect(
      !result.passes && result.headline.hasPrefix("The model’s behaviour has drifted: reward"))
    let page = MonitorPage(result).page(footer: "test").rendered()
    for words in ["Alignment monitor", "What users ask", "Over time", "farthest from the baseline"]
    {
      #expect(page.contains(words), "\(words)")
    }
    #expect(try JSONLine.text(of: result).contains("\"behaviour\""))
  }

  @Test("a share that has come of nothing is written too, and levels change verdicts")
  func options() throws {
    #expect(CanaryWins(current: [1, 2, 3, 3], baseline: [0, 2, 1, 4]).rate == 0.625)
    let rows = traffic(200, seed: 1)
    var settings = DriftSettings.quick
    settings.distanceLimit = 50
    let measurer = ResponseMeasurer(comparing: rows)
    let strict = AlignmentBaseline(rows, measurer: measurer, settings: settings)
    let now = measurer(traffic(150, .reward, seed: 4))
    #expect(try DriftAnalysis(strict)(strict.placed(now)).finding("reward")?.isDrift == false)
  }
}

@Suite("Comparisons of windows")
struct DriftAnalysisTests {
  /// Different questions of two topics, with or without others after them.
  private func rows(_ count: Int, others: Int = 0, reward: Double) -> [ObservedResponse] {
    (0..<(count + others)).map { number in
      let question =
        number >= count
        ? "quantum zeppelins hum \(String(repeating: "z", count: number))"
        : "\(number.isMultiple(of: 2) ? "bake bread flour oven" : "football goal team match") \(number)"
      var row = ObservedResponse(prompt: .text(question), completion: "a b c")
      row.reward = reward
      return row
    }
  }

  private func report(_ before: [ObservedResponse], _ now: [ObservedResponse]) throws -> DriftReport
  {
    let measurer = ResponseMeasurer(comparing: before, with: now)
    let frozen = AlignmentBaseline(before, measurer: measurer, settings: .quick)
    return try DriftAnalysis(frozen)(frozen.placed(measurer(now)))
  }

  // The distance is the difference; half of it is the deviation of both sides together.
  @Test(
    "where the baseline never varied, both sides are the scale", arguments: [0.1, 0.7, 1.1, 3.3])
  func constant(reward: Double) throws {
    let report = try report(rows(30, reward: reward), rows(30, reward: reward + 0.9))
    let effect = try #require(report.finding("reward")?.effect)
    #expect(abs(effect - 2) < 1e-6, "\(effect)")
  }

  @Test("what was not tested is said with its reason, and how many questions it takes")
  func untested() throws {
    var now = rows(30, reward: 1)
    for place in 0..<10 { now[place].feedback = 1 }
    var before = now
    for place in 10..<24 { before[place].feedback = 1 }
    let some = try report(before, now)
    #expect(some.finding("reward") != nil && some.finding("feedback") == nil)
    #expect(
      some.untested.map(\.sentence) == [
        "not tested: feedback – of the window’s 10 different questions 10 can be compared, and a test takes 20; about 10 "
          + "more would do"
      ])
    // Half of the window asks for what the baseline does not know: of 30, 15 can be compared, of 40 there would be 20.
    let other = try report(
      rows(30, reward: 1),
      rows(15, others: 15, reward: 1))
    let sentence = try #require(other.untested.first?.sentence)
    #expect(
      sentence.hasSuffix(
        "of the window’s 30 different questions 15 can be compared, and a test takes 20; about 10 more would do"
      ), "\(sentence)")
    let none = try report(
      rows(30, reward: 1), rows(0, others: 30, reward: 1))
    #expect(
      none.untested.first?.sentence.hasSuffix(
        "30 different questions 0 can be compared, and a test takes 20")
        == true)
    let result = MonitorResult(baseline: "a", current: "b", report: none)
    #expect(
      result.headline.hasPrefix(
        "There are too few questions to say whether the model answers as it did."))
  }
}

@Suite("Topics of questions")
struct TopicModelTests {
  @Test("questions with words of their own make topics, and others are unfamiliar")
  func topics() {
    let questions = (0..<60).map { number in
      number.isMultiple(of: 2)
        ? "bake bread flour oven \(number)" : "football goal team match \(number)"
    }
    let model = TopicModel(questions, count: 2, seed: 0)
    #expect(model.count == 2)
    let (bread, ball) = (
      model.topic(of: "bake bread flour oven 100"),
      model.topic(of: "football goal team match 101")
    )
    #expect(bread != nil && ball != nil && bread != ball)
    #expect(model.topic(of: "quantum zeppelins hum") == nil)
    #expect(
      model.name(of: bread ?? 0).split(separator: ", ").allSatisfy {
        ["bake", "bread", "flour", "oven"].contains($0)
      })
    #expect(model == TopicModel(questions, count: 2, seed: 0))
  }

  // Each question has a word of its own, which weighs as much as the words that its topic shares.
  @Test(
    "new questions of a known kind are mostly familiar, even to topics that were learned from few")
  func familiar() {
    var random = SeededGenerator(seed: 1)
    let questions = random.permutation(of: 900).map {
      "bake bread \($0 + 100) \(["soon", "late", "now"][$0 % 3])"
    }
    let unfamiliar = (0..<20).map { part in
      let own = questions[(45 * part)..<(45 * part + 45)]
      let model = TopicModel(Array(own.prefix(30)), count: 2, seed: 0)
      return own.suffix(15).count { model.topic(of: $0) == nil }
    }
    // Of three hundred; a half, if a question is judged with its own word in the weights.
    #expect(unfamiliar.reduce(0, +) <= 75, "\(unfamiliar)")
  }
}
