import Foundation
import Pipelines
import Reports
import RunRecords
import Testing

@Suite("Several runs on a page")
struct RunComparisonTests {
  private let fixture: RunFixture

  init() throws { fixture = try RunFixture() }

  private func run(
    _ name: String, loss: Double, configuration: String, more: [MetricName: Double] = [:]
  ) throws -> RecordedRun {
    try RecordedRun(
      try fixture.write(
        name,
        entries: RunFixture.entries(5) { step in
          more.merging([.loss: loss / Double(step)]) { $1 }
        }, configuration: configuration))
  }

  @Test("curves over one another, last values side by side, and the settings that differ")
  func comparison() throws {
    let runs = try [
      run(
        "one/a", loss: 1, configuration: "beta: 0.1\nseed: 1\nloss_type: sigmoid\n",
        more: [.rewardMargin: 0.25]),
      run("two/a", loss: 2, configuration: "beta: 0.2\nseed: 1\nloss_type: ipo\n"),
      run(
        "two/b", loss: 3, configuration: "beta: 0.2\nseed: 1\nlam: 0.95\n",
        more: [.rewardMargin: 0.75]),
    ]
    let page = RunComparison(runs).page(footer: "")
    let parsed = try ParsedPage(page)
    #expect(page.title == "3 runs side by side")
    #expect(page.subtitle == "one/a, two/a, two/b")
    let curves = try #require(page.sections.first { $0.title == "Curves" })
    guard case .figures(let figures) = curves.blocks.last,
      case .lines(let loss) = figures[0].chart, case .lines(let margin) = figures[1].chart
    else {
      Issue.record("\(curves.blocks)")
      return
    }
    #expect(figures.count == 2)
    #expect(loss.series.map(\.name) == ["one/a", "two/a", "two/b"])
    #expect(loss.series.map { $0.points.last?.y } == [0.2, 0.4, 0.6])
    #expect(margin.series.map(\.name) == ["one/a", "two/b"])
    let last = try #require(parsed.section("Last values"))
    #expect(last.contains("loss0.2000.4000.600"))
    #expect(last.contains("rewards/margins0.250–0.750"))
    let settings = try #require(parsed.section("Settings that differ"))
    #expect(settings.contains("beta0.10.20.2") && settings.contains("loss_typesigmoidipo–"))
    // What one method alone has stands apart; what is the same is not there.
    #expect(settings.contains("Settings that only some of the methods have"))
    #expect(settings.contains("lam––0.95") && !settings.contains("seed"))
  }

  @Test("names are as short as they can be, and the same run twice has two")
  func names() throws {
    let runs = try ["runs/a", "runs/b"].map { try run($0, loss: 1, configuration: "beta: 1\n") }
    #expect(RunComparison(runs).page(footer: "").subtitle == "a, b")
    let twice = RunComparison([runs[0], runs[0]]).page(footer: "")
    #expect(twice.subtitle == "1: \(runs[0].path), 2: \(runs[0].path)")
    #expect(
      try #require(try ParsedPage(twice).section("Settings that differ"))
        .contains("All settings that the runs share are the same."))
  }

  @Test("a run without steps beside one with some, and one with numbers that are none")
  func odd() throws {
    let empty = try RecordedRun(try fixture.write("empty") { _ in })
    let broken = try run("broken", loss: .nan, configuration: "beta: 1\n")
    let parsed = try ParsedPage(RunComparison([empty, broken]).page(footer: ""))
    #expect(parsed.section("Curves") == nil && parsed.section("Last values") == nil)
    #expect(try #require(parsed.section("The runs")).contains("not finished: no step was logged"))
    let both = try ParsedPage(RunComparison([broken, broken]).page(footer: ""))
    #expect(try #require(both.section("Last values")).contains("lossNaNNaN"))
  }
}
