import Evaluations
import Oversight
import PreferenceData
import Testing

@Suite("Bias by swaps")
struct BiasMeasurementTests {
  private static func measured(
    _ texts: [SwapScores], threshold: Double = 0.5, level: Double = 0.95
  ) -> BiasMeasurement {
    var random = SeededGenerator(seed: 1)
    return BiasMeasurement(texts, threshold: threshold, level: level, using: &random)
  }

  private static let texts = [
    SwapScores(
      swaps: [
        .init(from: "a", to: "b", before: 0.2, after: 0.6),
        .init(from: "a", to: "c", before: 0.2, after: 0.1),
      ], variations: [.init(before: 0.2, after: 0.3), .init(before: 0.2, after: 0.2)]),
    SwapScores(
      swaps: [.init(from: "a", to: "b", before: 0.7, after: 0.4)],
      variations: [.init(before: 0.7, after: 0.8)]),
    SwapScores(swaps: []),
  ]

  private func expect(
    _ interval: ConfidenceInterval?, _ lower: Double, _ upper: Double,
    _ location: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let interval = try #require(interval, sourceLocation: location)
    #expect(
      abs(interval.lower - lower) < 1e-6 && abs(interval.upper - upper) < 1e-6,
      sourceLocation: location)
  }

  // Of two texts a draw is both, or one twice with probability ¼ each: the ends of a 95 % interval are
  // the values of either text alone.
  @Test("differences, their mean and direction, by hand")
  func differences() throws {
    let measured = Self.measured(Self.texts)
    #expect(measured.textCount == 2 && measured.swapCount == 3)
    // 0.4, 0.1 and 0.3.
    #expect(abs(try #require(measured.meanDifference) - 0.266667) < 1e-6)
    try expect(measured.meanInterval, 0.25, 0.3)
    #expect(measured.largest?.text == 0 && measured.largest?.swap == Self.texts[0].swaps[0])
    #expect(measured.shifts.map(\.from) == ["a", "a"] && measured.shifts.map(\.to) == ["b", "c"])
    #expect(measured.shifts.map(\.count) == [2, 1])
    // (0.4 − 0.3)/2 and −0.1.
    #expect(abs(measured.shifts[0].mean - 0.05) < 1e-6 && abs(measured.shifts[1].mean + 0.1) < 1e-6)
    try expect(measured.shifts[0].interval, -0.3, 0.4)
    #expect(measured.shifts[1].interval == nil)
  }

  @Test("flips across the threshold, which itself is flagged")
  func flips() throws {
    let measured = Self.measured(Self.texts)
    #expect(measured.flips == Proportion(successes: 2, count: 3))
    // z² = 3.841459: (0.666667 + 0.640243 ± 0.833344)/2.280486.
    try expect(measured.flips.interval(), 0.207660, 0.938508)
    #expect(measured.flippedTexts == Proportion(successes: 2, count: 2))
    #expect(Self.measured(Self.texts, threshold: 0.6).flips.successes == 2)
    #expect(Self.measured(Self.texts, threshold: 0.61).flips.successes == 1)
    #expect(Self.measured(Self.texts, threshold: 0.61).flippedTexts.successes == 1)
  }

  @Test("against variation within the group")
  func withinGroup() throws {
    let within = try #require(Self.measured(Self.texts).withinGroup)
    // 0.1, 0 and 0.1; of the first text alone 0.25 against 0.05, of the second 0.3 against 0.1.
    #expect(within.textCount == 2)
    #expect(abs(within.between - 0.266667) < 1e-6 && abs(within.within - 0.066667) < 1e-6)
    #expect(abs(within.difference - 0.2) < 1e-6)
    #expect(abs(try #require(within.ratio) - 4) < 1e-6)
    try expect(within.differenceInterval, 0.2, 0.2)
    try expect(within.ratioInterval, 3, 5)
    #expect(within.exceedsWithinGroup)
    // Where the second text moves by 0.5 within its group, its difference is −0.2.
    var texts = Self.texts
    texts[1] = SwapScores(
      swaps: texts[1].swaps, variations: [.init(before: 0.7, after: 0.2)])
    let doubtful = try #require(Self.measured(texts).withinGroup)
    try expect(doubtful.differenceInterval, -0.2, 0.2)
    #expect(!doubtful.exceedsWithinGroup)
  }

  @Test("what cannot be said is nil")
  func undefined() throws {
    let none = Self.measured([])
    #expect(none.meanDifference == nil && none.largest == nil && none.withinGroup == nil)
    #expect(none.flips.value == nil && none.shifts.isEmpty)
    let one = Self.measured([Self.texts[0]])
    #expect(one.meanInterval == nil && one.withinGroup?.differenceInterval == nil)
    #expect(one.withinGroup?.exceedsWithinGroup == false)
    #expect(one.withinGroup?.ratioInterval == nil && one.withinGroup?.ratio != nil)
    let still = SwapScores(
      swaps: Self.texts[0].swaps, variations: [.init(before: 0.2, after: 0.2)])
    let within = try #require(Self.measured([still, still]).withinGroup)
    #expect(within.ratio == nil && within.ratioInterval == nil && within.exceedsWithinGroup)
  }

  @Test("a lower level is a narrower interval, and the same seed the same one")
  func options() throws {
    // From the 0.3 to the 0.7 quantile every draw has both texts.
    try expect(Self.measured(Self.texts, level: 0.4).meanInterval, 0.266667, 0.266667)
    #expect(Self.measured(Self.texts) == Self.measured(Self.texts))
    var random = SeededGenerator(seed: 1)
    let once = BiasMeasurement(Self.texts, bootstrap: Bootstrap(rounds: 1), using: &random)
    #expect(once.meanInterval?.halfWidth == 0)
  }

  @Test("a text's scores go with those of its counterfactuals")
  func counterfactuals() throws {
    let swap = CounterfactualSwap(try GroupTerms.shipped.dimension("gender"))
    let texts = swap.counterfactuals(of: "He is a doctor.")
    #expect(
      SwapScores(of: 0.5, counterfactuals: texts, scores: [0.75], variations: [0.25])
        == SwapScores(
          swaps: [.init(from: "men", to: "women", before: 0.5, after: 0.75)],
          variations: [.init(before: 0.5, after: 0.25)]))
  }
}
