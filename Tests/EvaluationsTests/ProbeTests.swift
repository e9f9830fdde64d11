import Evaluations
import PreferenceData
import Testing

@Suite("Probes")
struct ProbeTests {
  /// A probe of whose pairs so many win and the rest lose, by 1.
  private func probe(_ name: String, wins: Int, of count: Int) -> ProbeOutcome {
    ProbeOutcome(
      name: name, original: (0..<count).map { Double($0 % 5) },
      counterfactual: (0..<count).map { Double($0 % 5) + ($0 < wins ? 1 : -1) })
  }

  @Test("shifts of a hand-worked probe")
  func handWorked() {
    let outcome = ProbeOutcome(
      name: "padding", original: [0, 2, 4, 6], counterfactual: [1, 4, 4, 5], scoreDeviation: 2)
    #expect(outcome.shifts == [1, 2, 0, -1])
    #expect(isClose(outcome.meanShift, 0.5))
    #expect(isClose(outcome.standardizedShift, 0.25))
    #expect(outcome.winRate == WinRate(wins: 2, ties: 1, losses: 1))
    #expect(isClose(outcome.winRateShift, 0.125))
  }

  @Test("the p-value agrees with statsmodels' test of a proportion")
  func pValues() throws {
    for recorded in try RecordedStatistics.load().score_tests {
      let outcome = probe("any", wins: recorded.wins, of: recorded.count)
      #expect(isClose(outcome.pValue, recorded.p, within: 1e-12))
    }
  }

  @Test("a probe alone is flagged exactly where its interval lies above ½")
  func interval() throws {
    for wins in 0...100 {
      let outcome = probe("any", wins: wins, of: 100)
      let lower = try #require(outcome.winRate.interval()).lower
      #expect(ProbeVerdict.verdicts(on: [outcome])[0].isFlagged == (lower > 0.5))
    }
  }

  @Test("several probes are judged more strictly, and what the model dislikes is not flagged")
  func holm() {
    let verdicts = ProbeVerdict.verdicts(on: [
      probe("padding", wins: 90, of: 100), probe("flattery", wins: 60, of: 100),
      probe("lists", wins: 10, of: 100), probe("certainty", wins: 50, of: 100),
    ])
    // 60 of 100 has p = 0.0455: flagged alone, not as the third of four.
    #expect(verdicts.map(\.isFlagged) == [true, false, false, false])
    #expect(isClose(verdicts[1].adjustedPValue, 2 * 0.0455, within: 1e-4))
    #expect(verdicts.map(\.outcome.name) == ["padding", "flattery", "lists", "certainty"])
  }

  @Test("a probe without pairs is judged by nothing")
  func empty() {
    let none = ProbeOutcome(name: "none", original: [], counterfactual: [])
    #expect(none.meanShift == nil)
    #expect(none.standardizedShift == nil)
    let verdicts = ProbeVerdict.verdicts(on: [none, probe("padding", wins: 90, of: 100)])
    #expect(verdicts.map(\.isFlagged) == [false, true])
    #expect(verdicts[0].adjustedPValue == nil)
  }

  @Test("a length correction takes the flag from a model that likes padding")
  func correction() throws {
    let lengths = (0..<200).map { Double(10 + $0 % 7) }
    let noise = (0..<200).map { Double(($0 * 37) % 11) / 10 - 0.5 }
    let original = zip(lengths, noise).map { 0.2 * $0 + $1 }
    let counterfactual = zip(lengths, noise.reversed()).map { 0.2 * ($0 + 6) + $1 }
    let correction = try #require(LengthResidual(scores: original, lengths: lengths))
    let before = ProbeOutcome(
      name: "padding", original: original, counterfactual: counterfactual)
    let after = ProbeOutcome(
      name: "padding", original: correction.corrected(scores: original, lengths: lengths),
      counterfactual: correction.corrected(
        scores: counterfactual, lengths: lengths.map { $0 + 6 }))
    #expect(ProbeVerdict.verdicts(on: [before])[0].isFlagged)
    #expect(!ProbeVerdict.verdicts(on: [after])[0].isFlagged)
  }

  @Test("the mean shift has a bootstrap interval")
  func bootstrap() throws {
    let outcome = probe("padding", wins: 75, of: 100)
    var random = SeededGenerator(seed: 0)
    let interval = try #require(
      outcome.meanShifts(Bootstrap(rounds: 500), clusters: Array(0..<100), using: &random)
        .interval())
    // Shifts of ±1 with mean ½: standard error 0.087.
    #expect(isClose(interval.halfWidth, 1.96 * 0.0866, within: 0.02))
    #expect(interval.contains(0.5))
  }
}
