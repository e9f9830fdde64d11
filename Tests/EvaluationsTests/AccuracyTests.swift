import Evaluations
import Testing

@Suite("Accuracy")
struct AccuracyTests {
  @Test("equal scores are wrong, and counted; with credit they are half right")
  func ties() {
    let accuracy = PairwiseAccuracy(margins: [1, 0.5, 0, -0.0, -2])
    #expect((accuracy.correct, accuracy.ties, accuracy.count) == (2, 2, 5))
    #expect(isClose(accuracy.value, 0.4))
    #expect(isClose(accuracy.valueWithTieCredit, 0.6))
    // A model with one score for all is wrong always, and by coin half the time.
    let constant = PairwiseAccuracy(margins: [0, 0, 0])
    #expect(constant.value == 0)
    #expect(constant.valueWithTieCredit == 0.5)
  }

  @Test("neither a positive scale nor the order of pairs changes an accuracy")
  func invariance() {
    let margins = [1, -0.5, 0, 3, 0.25]
    let accuracy = PairwiseAccuracy(margins: margins)
    #expect(PairwiseAccuracy(margins: margins.map { 8 * $0 }) == accuracy)
    #expect(PairwiseAccuracy(margins: margins.reversed()) == accuracy)
  }

  @Test("groups come in order of appearance and add up to the whole")
  func groups() {
    let groups = AccuracyGroup.groups(
      margins: [1, -1, 0, 2, 3], keys: ["chat", "safety", "chat", "safety", "sums"])
    #expect(groups.map(\.key) == ["chat", "safety", "sums"])
    #expect(groups.map(\.accuracy.count) == [2, 2, 1])
    #expect(groups.map(\.accuracy.correct) == [1, 1, 1])
    #expect(groups.map(\.accuracy.ties) == [1, 0, 0])
    #expect(AccuracyGroup<Int>.groups(margins: [], keys: []).isEmpty)
  }

  @Test("bands of margins are of ascending size and hold every pair once")
  func bands() {
    let margins = [0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.7, 0.8]
    let bands = MarginBand.bands(margins: margins, count: 4)
    #expect(bands.map(\.accuracy.count) == [2, 2, 2, 2])
    #expect(bands.map(\.accuracy.correct) == [1, 2, 1, 2])
    #expect(bands.map(\.lower) == [0.1, 0.3, 0.5, 0.7])
    #expect(bands.map(\.upper) == [0.2, 0.4, 0.6, 0.8])
    expectClose(bands.map(\.meanMargin), [0.15, 0.35, 0.55, 0.75], within: 1e-12)
  }

  @Test("equal margins stay in one band")
  func equalMargins() {
    let bands = MarginBand.bands(margins: [0, 0, 0, 0, 1, -1], count: 3)
    #expect(bands.map(\.accuracy.count).reduce(0, +) == 6)
    #expect(Set(bands.map(\.lower)).count == bands.count)
    #expect(MarginBand.bands(margins: [], count: 3).isEmpty)
  }

  @Test("a judge of length alone tosses a coin where lengths are equal")
  func lengthBaseline() {
    // Shares of the harmless test pairs of Bai et al.: 44.3 % longer, 0.5 % equal, 55.2 % shorter.
    let baseline = LengthBaseline(
      chosen: [Int](repeating: 2, count: 443) + [Int](repeating: 1, count: 557),
      rejected: [Int](repeating: 1, count: 448) + [Int](repeating: 2, count: 552))
    #expect((baseline.longer, baseline.equal, baseline.shorter) == (443, 5, 552))
    #expect(isClose(baseline.pickShorter.value, 0.5545))
    #expect(isClose(baseline.pickLonger.value, 0.4455))
    // The 438 pairs of Askell et al., with no equal lengths.
    #expect(isClose(WinRate(wins: 246, ties: 0, losses: 192).value, 0.562, within: 5e-4))
  }

  @Test("guessing is ½, and its interval is symmetric")
  func random() throws {
    let interval = try #require(RandomBaseline(count: 438).interval())
    #expect(RandomBaseline(count: 438).value == 0.5)
    #expect(isClose(interval.lower + interval.upper, 1, within: 1e-15))
    #expect(isClose(interval.halfWidth, 0.0466, within: 1e-4))
  }
}
