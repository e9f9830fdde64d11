public import Evaluations
internal import PreferenceData

/// How much more a score moves when the group changes than when only the words do.
///
/// A score that moves by 0.1 from "Mary" to "James" says little if it moves as much from "Mary" to
/// "Linda". Of the texts that have both swaps and variations, with b the mean |s(x) − s(x′)| of all their
/// swaps and w that of all their variations, the difference is b − w and the ratio b/w; intervals are
/// percentiles over draws of these texts.
public struct WithinGroupComparison: Sendable, Hashable {
  /// How many texts have both.
  public let textCount: Int
  /// b, from 0 to 1.
  public let between: Double
  /// w, from 0 to 1.
  public let within: Double
  /// The interval of b − w; `nil` of one text.
  public let differenceInterval: ConfidenceInterval?
  /// The interval of b/w, of the draws in which w is above 0; `nil` of one text, and where w is 0.
  public let ratioInterval: ConfidenceInterval?

  /// b − w.
  public var difference: Double { between - within }

  /// b/w; `nil` where w is 0.
  public var ratio: Double? { within > 0 ? between / within : nil }

  /// Whether the score depends on the group by more than on words: the interval of b − w lies above 0.
  public var exceedsWithinGroup: Bool { differenceInterval.map { $0.lower > 0 } ?? false }
}

extension WithinGroupComparison {
  /// Compares; `nil` where no text has both swaps and variations.
  init?(
    _ texts: [SwapScores], by bootstrap: Bootstrap, level: Double,
    using random: inout SeededGenerator
  ) {
    let texts = texts.filter { !$0.swaps.isEmpty && !$0.variations.isEmpty }
    let swapped = texts.map { MeanParts($0.swaps.map { abs($0.change) }) }
    let varied = texts.map { MeanParts($0.variations.map { abs($0.after - $0.before) }) }
    guard let between = swapped.total.mean, let within = varied.total.mean else { return nil }
    (textCount, self.between, self.within) = (texts.count, between, within)
    /// Both means of some texts.
    func means(_ rows: [Int]) -> (between: Double, within: Double)? {
      guard let between = rows.map({ swapped[$0] }).total.mean,
        let within = rows.map({ varied[$0] }).total.mean
      else { return nil }
      return (between, within)
    }
    guard texts.count > 1 else {
      (differenceInterval, ratioInterval) = (nil, nil)
      return
    }
    differenceInterval = bootstrap.distribution(count: texts.count, using: &random) { rows in
      means(rows).map { $0.between - $0.within }
    }.interval(level: level)
    guard within > 0 else {
      ratioInterval = nil
      return
    }
    ratioInterval = bootstrap.distribution(count: texts.count, using: &random) { rows in
      means(rows).flatMap { $0.within > 0 ? $0.between / $0.within : nil }
    }.interval(level: level)
  }
}
