import Evaluations
import PreferenceData
import Testing

@Suite("Intervals")
struct IntervalTests {
  @Test("Wilson's interval agrees with SciPy")
  func wilson() throws {
    for recorded in try RecordedStatistics.load().proportions {
      let interval = try #require(
        Proportion(successes: recorded.successes, count: recorded.count)
          .interval(level: recorded.level))
      #expect(isClose(interval.lower, recorded.lower, within: 1e-12))
      #expect(isClose(interval.upper, recorded.upper, within: 1e-12))
    }
  }

  // Half-widths at an accuracy of 0.65, and the published shares 158/256 and 146/256.
  @Test(
    "half-widths of known sample sizes",
    arguments: [(438, 4.5), (1000, 3.0), (2312, 1.9), (8552, 1.0)])
  func halfWidths(count: Int, points: Double) throws {
    let interval = try #require(
      Proportion(successes: 0.65 * Double(count), count: count).interval())
    #expect(isClose(100 * interval.halfWidth, points, within: 0.06))
  }

  @Test("a level of 0.95 reaches 1.959964 deviations, and other levels as SciPy says")
  func quantiles() throws {
    // The ends of p̂ = ½ with n trials are ½ ± z/(2·√(n + z²)), from which z can be read back.
    for (level, z) in try RecordedStatistics.load().normal_quantiles {
      let level = try #require(Double(level))
      let interval = try #require(Proportion(successes: 50, count: 100).interval(level: level))
      let half = interval.halfWidth
      let seen = (4 * 100 * half * half / (1 - 4 * half * half)).squareRoot()
      #expect(isClose(seen, z, within: 1e-9))
    }
  }

  @Test("no trials have neither share nor interval")
  func empty() {
    #expect(Proportion(successes: 0, count: 0).value == nil)
    #expect(Proportion(successes: 0, count: 0).interval() == nil)
    #expect(WinRate(wins: 0, ties: 0, losses: 0).value == nil)
    #expect(PairwiseAccuracy(margins: []).value == nil)
    #expect(RandomBaseline(count: 0).interval() == nil)
  }

  @Test("ties are half a win: the value and its interval mirror when the sides are exchanged")
  func winRate() throws {
    let rate = WinRate(differences: [1, 2, 0, -1, 3, 0])
    #expect((rate.wins, rate.ties, rate.losses) == (3, 2, 1))
    #expect(isClose(rate.value, 4.0 / 6))
    let interval = try #require(rate.interval())
    let mirrored = try #require(rate.reversed.interval())
    #expect(isClose(interval.lower, 1 - mirrored.upper, within: 1e-15))
    #expect(isClose(interval.upper, 1 - mirrored.lower, within: 1e-15))
    #expect(rate.signTest == SignTest(positives: 3, negatives: 1))
  }

  @Test("a level outside 0 to 1 is a programming error")
  func level() async {
    await #expect(processExitsWith: .failure) {
      _ = Proportion(successes: 1, count: 2).interval(level: 95)
    }
  }
}
