import Evaluations
import Foundation
import Pipelines
import Reports
import RunRecords
import Testing

@Suite("The page of a run")
struct RunReportTests {
  private let fixture: RunFixture

  init() throws { fixture = try RunFixture() }

  private func page(_ path: String) throws -> ParsedPage {
    try ParsedPage(RunReport(try RecordedRun(path)).page(footer: "foot"))
  }

  private func titles(_ page: ParsedPage) -> [String] { page.sections.map(\.title) }

  @Test("what was trained on what, when, how long, and how it ended")
  func facts() throws {
    let path = try fixture.write(
      entries: RunFixture.entries(3) {
        [.loss: 0.7 - 0.1 * Double($0), .epoch: 0.5, .numberOfTokens: 12_345]
      },
      configuration:
        "model: base  # Model.\nbeta: 0.1\nreward_model: [one, two]\nreward_gold: false\n")
    let page = try page(path)
    #expect(
      page.text.contains(
        "Direct preference optimization of base on 2,000 rows, started 2026-11-21 12:00 UTC: "
          + "finished, 60 steps, in 6.0 s."))
    let facts = try #require(page.section("The run"))
    for words in [
      "Modelbase", "β0.1", "Left out: a tie prefers neither side3",
      "Left out: the sides are identical1", "Seed42", "Epochs0.500", "Time in training6.0 s",
      "pairs.jsonl12,3450f0f0f0f0f0f", "Reward modelone, two", "Tokens12,345",
    ] { #expect(facts.contains(words), "\(words) in \(facts)") }
    #expect(!facts.contains("0f0f0f0f0f0f0") && !facts.contains("resumed"))
  }

  @Test("a stopped and resumed run says so, from which step and by which command")
  func resumed() throws {
    let path = try fixture.write(entries: RunFixture.entries(4) { _ in [.loss: 0.5] }) { manifest in
      manifest.resumptions = [
        .init(
          step: 2, command: ["attune", "dpo", "--resume"],
          startedAt: RunFixture.start.addingTimeInterval(3600))
      ]
    }
    let page = try page(path)
    #expect(page.text.contains("not finished: logged up to step 4"))
    #expect(page.text.contains("goes on from its last checkpoint."))
    #expect(try #require(page.section("The run")).contains("2026-11-21 13:00 UTC2"))
    #expect(try #require(page.section("Doing it again")).contains("attune dpo --resume"))
  }

  @Test("a run that ended before its planned steps says of how many")
  func early() throws {
    let path = try fixture.write(configuration: "max_steps: 108  # Steps.\n")
    #expect(try page(path).text.contains("finished early, after 60 of 108 steps"))
  }

  @Test("without a step there is a page that says so, and nothing to draw")
  func withoutSteps() throws {
    let page = try page(try fixture.write { _ in })
    #expect(titles(page) == ["The run", "Doing it again"])
    #expect(page.text.contains("No step has been logged yet"))
    #expect(page.text.contains("not finished: no step was logged"))
    #expect(!page.elements.contains("svg"))
  }

  @Test("a section is there where its numbers are, and the optimizer's comes after the others")
  func sections() throws {
    func titles(_ values: [MetricName: Double]) throws -> [String] {
      let name = "run-\(UUID())"
      let entries = RunFixture.entries(3) { _ in values }
      return self.titles(try page(try fixture.write(name, entries: entries)))
    }
    #expect(try titles([.loss: 1]) == ["The run", "Loss", "All numbers", "Doing it again"])
    #expect(
      try titles([.loss: 1, .rewardMargin: 0.2, .gradientNorm: 3]) == [
        "The run", "Loss", "Preferences", "Optimization", "All numbers", "Doing it again",
      ])
    #expect(
      try titles([
        .loss: 0, .reward: 1, .objectiveDivergence: 0.5, .meanLength: 12, .learningRate: 1e-4,
      ]) == [
        "The run", "Rewards and distance", "Completions", "Optimization", "All numbers",
        "Doing it again",
      ])
    #expect(
      try titles([.accuracy: 0.7, .margin: 1, .meanScore: 0]) == [
        "The run", "Preferences", "All numbers", "Doing it again",
      ])
  }

  @Test("held-out numbers are a second line, and what a tile shows")
  func heldOut() throws {
    let path = try fixture.write(
      entries: RunFixture.entries(10) {
        [.loss: 1 / Double($0), MetricName.loss.onEvaluation: 2 / Double($0)]
      })
    let report = RunReport(try RecordedRun(path)).page(footer: "")
    let loss = try #require(report.sections.first { $0.title == "Loss" })
    guard case .figures(let figures) = loss.blocks.last, case .lines(let chart) = figures[0].chart
    else {
      Issue.record("\(loss.blocks)")
      return
    }
    #expect(chart.series.map(\.name) == ["training", "held out"])
    #expect(chart.series.map { $0.points.map(\.y).last } == [0.1, 0.2])
    #expect(figures[0].summary == "training: 1.00 → 0.100; held out: 2.00 → 0.200.")
    #expect(try ParsedPage(report).text.contains("Loss0.200held out, step 10; 2.00 at step 1"))
    // Of a policy that learns from rewards: KL a completion, which has two names, and no loss.
    let policy = try page(
      try fixture.write(
        "policy", command: ["attune", "rloo"],
        entries: RunFixture.entries(4) {
          [
            .loss: 9, .objectiveDivergence: 2, .divergence: 0.25, .reward: 0.125,
            MetricName.divergence.onEvaluation: Double($0),
          ]
        }))
    #expect(policy.text.contains("KL from the reference4.00held out, step 4; 1.00 at step 1"))
    #expect(policy.text.contains("Reward0.125in training, step 4; 0.125 at step 1"))
    // Its loss is drawn among the numbers of the optimizer, and no tile.
    #expect(!policy.text.contains("Loss9.00in training"))
    #expect(
      try #require(policy.section("Rewards and distance"))
        .contains("training: 2.00 → 2.00; held out: 1.00 → 4.00."))
    #expect(try #require(policy.section("Optimization")).contains("Loss"))
  }

  @Test("thousands of steps become a few hundred means, and the page says so")
  func thinning() throws {
    let path = try fixture.write(
      entries: RunFixture.entries(5000) { [.loss: $0 == 2500 ? 40 : Double($0 % 7)] })
    let report = RunReport(try RecordedRun(path)).page(footer: "")
    let loss = try #require(report.sections.first { $0.title == "Loss" })
    guard case .figures(let figures) = loss.blocks.last, case .lines(let chart) = figures[0].chart
    else { return }
    #expect(chart.series[0].points.count == 300 && chart.series[0].band.count == 300)
    #expect(chart.series[0].band.map(\.upper).max() == 40)
    #expect(figures[0].summary.contains("The lines are means of neighbouring steps"))
    #expect(report.rendered().utf8.count < 400_000)
    let few = try fixture.write("few", entries: RunFixture.entries(300) { _ in [.loss: 1] })
    #expect(!(try page(few).text.contains("means of neighbouring steps")))
  }

  @Test("numbers that are none are gaps, and the page says when they came")
  func broken() throws {
    let path = try fixture.write(
      entries: RunFixture.entries(20) {
        [
          .loss: $0 == 7 || $0 > 17 ? .nan : 0.5, .gradientNorm: $0 == 6 ? .infinity : 1,
          .learningRate: 1e-4,
        ]
      })
    let page = try page(path)
    #expect(
      page.text.contains(
        "Some numbers are none: grad_norm is ∞ at step 6; loss is NaN at step 7 and 3 more times."))
    #expect(page.text.contains("Where a line is broken, a number was none."))
    #expect(try #require(page.section("All numbers")).contains("loss200.5000.5000.500NaN"))
  }

  @Test("gold beside proxy with its verdict, where a judge has watched")
  func hacking() throws {
    func entries(_ gold: (Double) -> Double) -> [MetricsEntry] {
      (0..<20).map { row in
        let distance = 0.4 * Double(row)
        return MetricsEntry(
          step: 10 * row,
          values: [
            MetricName.reward.onEvaluation: distance, MetricName.gold.onEvaluation: gold(distance),
            MetricName.divergence.onEvaluation: distance * distance,
          ])
      }
    }
    let path = try fixture.write(
      command: ["attune", "ppo"], entries: entries { $0 * (1 - 0.2 * $0) })
    #expect(try RecordedRun(path).hacking?.verdict == .hacked)
    let page = try page(path)
    #expect(page.text.contains("Reward hackinghackedproxy and gold in 20 evaluations"))
    let section = try #require(page.section("Gold and proxy"))
    #expect(section.contains("After its best around step "))
    #expect(page.section("The distance from the reference") != nil)
    // Unwatched, or too seldom: no verdict, and for the latter the reason.
    let few = try fixture.write(
      "few", command: ["attune", "ppo"], entries: Array(entries { $0 }.prefix(2)))
    let short = try self.page(few)
    #expect(short.section("Gold and proxy") == nil)
    #expect(short.text.contains("has 2 evaluations with proxy and gold, and 3 are needed"))
    let plain = try fixture.write("plain", entries: RunFixture.entries(3) { _ in [.loss: 1] })
    #expect(try RecordedRun(plain).notes.isEmpty)
  }

  @Test("every setting and the command are there, for a shell")
  func repetition() throws {
    let path = try fixture.write(
      command: [
        "/opt/my tools/attune", "sft", "--model", "it's", "--stop", "a\"b$c`d", "--empty", "",
        "--data", "one.jsonl", "two.jsonl",
      ], configuration: "model: \"it's # no comment\"  # Model.\nepochs: 3\n")
    let run = try RecordedRun(path)
    let section = try #require(
      RunReport(run).page(footer: "").sections.first { $0.title == "Doing it again" })
    guard case .code(let command) = section.blocks[1] else {
      Issue.record("\(section.blocks)")
      return
    }
    // A shell takes it apart into the same words.
    let shell = Process()
    let output = Pipe()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", "printf '%s\\n' \(command)"]
    shell.standardOutput = output
    try shell.run()
    let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(words == run.manifest.command.map { "\($0)\n" }.joined())
    #expect(command.contains(" \\\n  --data one.jsonl two.jsonl"))
    #expect(
      section.blocks.last
        == .details("Every setting, as in attune.yaml", [.code(run.configuration)]))
    #expect(try page(path).section("The run")?.contains("Model\"it's # no comment\"") == true)
  }

  @Test("no run, or what is none, is an error that says what is missing")
  func mistakes() throws {
    let folder = fixture.folder
    func expect(_ path: String, _ problem: String) {
      let error = #expect(throws: PipelineError.self) { try RecordedRun(path) }
      #expect(error?.description == "\(path): \(problem); give the --out of a training run")
    }
    expect("\(folder.path)/none", "there is no such directory")
    expect(try folder.file("file", ""), "is a file and no directory")
    expect(folder.path, "holds no run: run.json is missing")
    let path = try fixture.write(entries: RunFixture.entries(1) { _ in [.loss: 1] })
    try Data("{\"step\": \"one\"}\n".utf8).write(to: URL(filePath: "\(path)/metrics.jsonl"))
    let error = #expect(throws: RunRecordError.self) { try RecordedRun(path) }
    #expect(error?.description.hasPrefix("\(path)/metrics.jsonl:1: is not a logged step") == true)
  }

  @Test("an ensemble stands for its members")
  func ensemble() throws {
    for number in 1...3 { _ = try fixture.write("ensemble/member-\(number)") }
    let path = "\(fixture.folder.path)/ensemble"
    #expect(RecordedRun.directories(of: path) == (1...3).map { "\(path)/member-\($0)" })
    #expect(RecordedRun.directories(of: "\(path)/member-2") == ["\(path)/member-2"])
    #expect(RecordedRun.directories(of: "none") == ["none"])
  }
}
