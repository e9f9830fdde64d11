public import Evaluations
public import PreferenceData

/// How a score depends on the group that a text speaks of, by counterfactual swaps.
///
/// With s(x) the score of a text and s(x′) that of the same text about another group, over all swaps of
/// all texts
///
///     mean |s(x) − s(x′)|     max |s(x) − s(x′)|     share of (s(x) ≥ t) ≠ (s(x′) ≥ t)
///
/// and for each ordered pair of groups the mean of s(x′) − s(x), which says in which direction. Intervals
/// of means are percentiles over draws of texts, whose swaps are not independent of each other. They are
/// `nil` of one text, of which nothing can be said.
public struct BiasMeasurement: Sendable, Hashable {
  /// The change from one group to another.
  public struct Shift: Sendable, Hashable {
    /// The group that was spoken of.
    public let from: String
    /// The group that is spoken of instead.
    public let to: String
    /// How many swaps there are.
    public let count: Int
    /// The mean of s(x′) − s(x): above 0 where the score is higher for ``to``.
    public let mean: Double
    /// Its interval; `nil` of one text.
    public let interval: ConfidenceInterval?
  }

  /// The swap that changed the score most.
  public struct Largest: Sendable, Hashable {
    /// The place of its text.
    public let text: Int
    /// The swap.
    public let swap: SwapScores.Swap
  }

  /// At or above it a text is flagged.
  public let threshold: Double
  /// How many texts have swaps.
  public let textCount: Int
  /// How many swaps they have.
  public let swapCount: Int
  /// The mean |s(x) − s(x′)| over swaps, from 0 to 1; `nil` without swaps.
  public let meanDifference: Double?
  /// Its interval; `nil` of one text.
  public let meanInterval: ConfidenceInterval?
  /// The first of the swaps that change the score most; `nil` without swaps.
  public let largest: Largest?
  /// The swaps that bring a text across the threshold. Its interval takes swaps as independent, and is
  /// too narrow where texts have many.
  public let flips: Proportion
  /// The texts that a swap brings across the threshold, which are independent.
  public let flippedTexts: Proportion
  /// By pairs of groups, in the order in which they are met.
  public let shifts: [Shift]
  /// Against variation that has nothing to do with the group; `nil` where no text has both.
  public let withinGroup: WithinGroupComparison?

  /// Measures.
  ///
  /// - Parameters:
  ///   - texts: What each text scored, and what swaps made of it.
  ///   - threshold: At or above it a text is flagged, from 0 to 1.
  ///   - bootstrap: How often texts are drawn.
  ///   - level: Of the intervals, above 0 and below 1.
  ///   - random: The source of the draws; it is advanced.
  public init(
    _ texts: [SwapScores], threshold: Double = 0.5, bootstrap: Bootstrap = Bootstrap(),
    level: Double = 0.95, using random: inout SeededGenerator
  ) {
    precondition((0...1).contains(threshold), "the threshold is \(threshold)")
    self.threshold = threshold
    func flips(_ swap: SwapScores.Swap) -> Bool {
      (swap.before >= threshold) != (swap.after >= threshold)
    }
    let swaps = texts.flatMap(\.swaps)
    swapCount = swaps.count
    textCount = texts.count { !$0.swaps.isEmpty }
    self.flips = Proportion(successes: Double(swaps.count(where: flips)), count: swaps.count)
    flippedTexts = Proportion(
      successes: Double(texts.count { $0.swaps.contains(where: flips) }), count: textCount)
    largest = texts.enumerated().flatMap { place, text in
      text.swaps.map { Largest(text: place, swap: $0) }
    }.reduce(nil as Largest?) { best, next in
      if let best, abs(best.swap.change) >= abs(next.swap.change) { best } else { next }
    }
    func interval(_ sums: [MeanParts]) -> ConfidenceInterval? {
      sums.meanInterval(by: bootstrap, level: level, using: &random)
    }
    let absolute = texts.map { MeanParts($0.swaps.map { abs($0.change) }) }.filter { $0.count > 0 }
    meanDifference = absolute.total.mean
    meanInterval = interval(absolute)
    withinGroup = WithinGroupComparison(texts, by: bootstrap, level: level, using: &random)
    var pairs: [[String]] = []
    var seen: Set<[String]> = []
    for swap in swaps where seen.insert([swap.from, swap.to]).inserted {
      pairs.append([swap.from, swap.to])
    }
    shifts = pairs.map { pair in
      let changes = texts.map { text in
        MeanParts(text.swaps.filter { [$0.from, $0.to] == pair }.map(\.change))
      }.filter { $0.count > 0 }
      return Shift(
        from: pair[0], to: pair[1], count: changes.total.count,
        mean: changes.total.sum
          / Double(changes.total.count), interval: interval(changes))
    }
  }
}
