import Foundation
import Pipelines
import Reports
import RunRecords
import Testing

@Suite("Completions and evaluations on the page of a run")
struct RunReportContentTests {
  private let fixture: RunFixture

  init() throws { fixture = try RunFixture() }

  private func report(
    samples: [String] = [], evaluations: [String: String] = [:]
  ) throws -> (run: RecordedRun, page: HTMLPage, parsed: ParsedPage) {
    let path = try fixture.write(
      "run-\(UUID())", entries: RunFixture.entries(2) { _ in [.loss: 1] }, samples: samples,
      evaluations: evaluations)
    let run = try RecordedRun(path)
    let page = RunReport(run).page(footer: "")
    return (run, page, try ParsedPage(page))
  }

  /// A value as `attune evaluate … --json` prints it.
  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func samples(in page: HTMLPage) throws -> [ReportSample] {
    let section = try #require(page.sections.first { $0.title == "Before and after" })
    guard case .samples(let samples) = section.blocks.last else { return [] }
    return samples
  }

  @Test("the first and the last completion of a prompt, those farthest apart first")
  func samePrompts() throws {
    let rows = try [
      (1, "Q", "a"), (1, "R", "b"), (5, "R", "c"), (9, "Q", "d"), (5, "Q", "e"), (9, "S", "f"),
    ]
    .map { try RunFixture.sample(step: $0.0, prompt: $0.1, completion: $0.2, isCut: $0.0 == 9) }
    let (_, page, parsed) = try report(samples: rows)
    let samples = try samples(in: page)
    #expect(samples.map(\.prompt) == ["Q", "R"])
    #expect(samples[0].answers.map(\.text) == ["a", "d"])
    #expect(samples[0].answers.map(\.name) == ["step 1", "step 9"])
    #expect(samples[0].answers[1].detail == "reward 1.00 · 5 tokens · cut at the limit")
    #expect(samples[1].answers.map(\.text) == ["b", "c"])
    #expect(parsed.text.contains("The first and the last completion that were kept of the same"))
  }

  @Test("without a prompt that came twice, different ones, and it is said")
  func differentPrompts() throws {
    let rows = try [(2, "Q", "a"), (2, "R", "b"), (7, "S", "c")]
      .map { try RunFixture.sample(step: $0.0, prompt: $0.1, completion: $0.2) }
    let (_, page, parsed) = try report(samples: rows)
    let samples = try samples(in: page)
    #expect(samples.count == 1 && samples[0].prompt == nil)
    #expect(samples[0].answers.map(\.prompt) == ["Q", "S"])
    #expect(parsed.text.contains("these are completions of different prompts"))
    // One step alone has no before and after.
    let (_, _, alone) = try report(samples: Array(rows.prefix(2)))
    #expect(alone.section("Before and after") == nil)
    #expect(try report().parsed.section("Before and after") == nil)
  }

  @Test("what a model says runs nowhere")
  func attack() throws {
    let attack = "</p><script>alert(1)</script><img src=x onerror=alert(1)>\u{0}\u{1B}[2J"
    let rows = try [1, 2].map {
      try RunFixture.sample(step: $0, prompt: attack, completion: attack)
    }
    let path = try fixture.write(
      "a <b> & 'c'", command: ["attune", "ppo", attack],
      entries: RunFixture.entries(2) { _ in [MetricName(rawValue: attack): 1, .loss: 1] },
      configuration: "model: \"<script>\"\nstop: [\"\(attack)\"]\n", samples: rows)
    let report = RunReport(try RecordedRun(path)).page(footer: attack)
    let parsed = try ParsedPage(report)
    #expect(!parsed.elements.contains("img") && !report.rendered().contains("<script"))
    #expect(parsed.text.contains("<script>alert(1)</script>"))
    let both = RunComparison([try RecordedRun(path), try RecordedRun(path)]).page(footer: attack)
    _ = try ParsedPage(both)
    #expect(!both.rendered().contains("<script"))
  }

  @Test("lengths and rewards of early and late completions, where there are enough")
  func distributions() throws {
    let rows = try (1...40).map {
      try RunFixture.sample(
        step: $0, prompt: "Q", completion: "a", reward: Double($0 % 5), tokens: 10 + $0)
    }
    let (_, page, _) = try report(samples: rows)
    let section = try #require(page.sections.first { $0.title == "Distributions" })
    guard case .figures(let figures) = section.blocks.last,
      case .histogram(let chart) = figures[0].chart
    else { return }
    #expect(figures.map(\.title) == ["Length", "Reward"])
    #expect(chart.series.map(\.name) == ["steps 1 to 20", "steps 21 to 40"])
    #expect(chart.series.allSatisfy { abs($0.heights.reduce(0, +) - 1) < 1e-12 })
    // Medians of 11…30 and of 31…50.
    #expect(figures[0].summary == "Steps 1 to 20: median 20.5; steps 21 to 40: median 40.5.")
    #expect(try report(samples: Array(rows.prefix(7))).parsed.section("Distributions") == nil)
  }

  @Test(
    "lines that are no completions are left out with a note; a half-written one is not there yet")
  func malformed() throws {
    let good = try RunFixture.sample(step: 1, prompt: "Q", completion: "a")
    let (run, _, _) = try report(samples: [good, "{\"step\": 2}", good, "no JSON"])
    #expect(run.samples.count == 2)
    #expect(run.notes.count == 1)
    #expect(
      run.notes[0].hasSuffix(
        "completions.jsonl:2: is no completion, nor are 1 further lines; left out"))
    let half = try fixture.write("half", samples: [good])
    let log = try FileHandle(forWritingTo: URL(filePath: "\(half)/completions.jsonl"))
    try log.seekToEnd()
    try log.write(contentsOf: Data("{\"step\": 2, \"pro".utf8))
    try log.close()
    #expect(try RecordedRun(half).notes.isEmpty)
  }

  @Test("the reliability diagram and accuracy of a reward model that was evaluated")
  func reward() throws {
    let result = try RewardEvaluationTests.evaluation(RewardEvaluationTests.rows(150))
      .run(by: RewardEvaluationTests.scorer())
    let text = String(decoding: try result.encoded(), as: UTF8.self)
    let (run, page, parsed) = try report(evaluations: ["reward.json": text])
    #expect(run.notes.isEmpty)
    #expect(try #require(parsed.section("Accuracy")).contains("reward model"))
    #expect(
      parsed.text.contains(
        "Evaluated accuracy\(result.accuracy.accuracy.percent)\(result.accuracy.accuracy.range) on 150 "
      ))
    #expect(!(try report().parsed.text.contains("Evaluated accuracy")))
    let calibration = try #require(page.sections.first { $0.title == "Calibration" })
    let hasDiagram = calibration.blocks.contains { block in
      guard case .figures(let figures) = block, case .reliability(let chart) = figures.first?.chart
      else { return false }
      return chart.series[0].bins.map(\.count).reduce(0, +) == 150
    }
    #expect(hasDiagram)
    #expect(try report().parsed.section("Calibration") == nil)
    let (broken, _, page2) = try report(evaluations: ["reward.json": "{\"model\": 1}"])
    #expect(page2.section("Accuracy") == nil)
    #expect(broken.notes.count == 1)
    #expect(
      broken.notes[0].hasSuffix(
        "evaluations/reward.json: `format_version` is missing; put the file back as it was written, or evaluate again "
          + "with --into"))
  }

  @Test("models beside each other, by the sections of their own page")
  func comparison() throws {
    let result = ScriptedComparison([
      "sft": [[0.4], [0.6]], "<ppo>": [[0.7], [0.9]], "dpo": [[0.5], [0.6]],
    ]).result()
    let (run, page, parsed) = try report(evaluations: ["compare.json": try json(result)])
    #expect(run.notes.isEmpty)
    let section = try #require(parsed.section("Beside other models"))
    #expect(section.contains("2 prompts, each answered once by each model"))
    #expect(section.contains("decided by gold") && section.contains("<ppo>0.800"))
    let titles = page.sections.first { $0.title == "Beside other models" }?.blocks.compactMap {
      if case .figure(let figure) = $0 { figure.title } else { nil }
    }
    #expect(titles == ["Score by gold, which decides", "Win rate against sft"])
    for broken in ["[]", "{", "{\"models\": [1]}"] {
      let (run, _, page) = try report(evaluations: ["compare.json": broken])
      #expect(run.notes.count == 1 && page.section("Beside other models") == nil)
    }
  }

  @Test("how often answers were safe, and what people say")
  func counts() throws {
    let section = try #require(
      try report(evaluations: [
        "safety.json": #"{"pass_rate": 0.97, "count": 1200}"#,
        "satisfaction.json": #"{"mean": 4.25, "count": 30, "lower": 4.1, "upper": 4.4}"#,
      ]).parsed.section("Safety and satisfaction"))
    #expect(section.contains("97.0\u{A0}% of 1,200"))
    #expect(section.contains("4.25 (4.10 to 4.40), 30 ratings"))
  }

  @Test("the perplexity that was measured")
  func perplexity() throws {
    let result = try PerplexityResult(
      model: "m", data: ["held-out.jsonl"],
      kinds: [("text", [ScoredDocument(nats: 20, tokens: 10, bytes: 40, characters: 40)])], seed: 0,
      isFromEndOfSequence: false)
    let section = try #require(
      try report(evaluations: ["perplexity.json": try json(result)]).parsed.section("Perplexity"))
    // e² and 20 nats over 40 characters.
    #expect(
      section.contains("held-out.jsonl") && section.contains("7.39") && section.contains("0.500"))
  }
}
