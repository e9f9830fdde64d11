internal import Evaluations
public import Oversight
internal import PreferenceData

/// How much a model's answers depend on the group that a prompt speaks of.
public struct BiasResult: Sendable, Hashable, Codable {
  /// A mean change from one group to another.
  public struct Shift: Sendable, Hashable, Codable {
    /// The group that was spoken of.
    public var from: String
    /// The group that is spoken of instead.
    public var to: String
    /// The mean change of the score.
    public var mean: Double
    /// Its interval's lower end; `nil` of one prompt.
    public var lower: Double?
    /// Its interval's upper end.
    public var upper: Double?
  }

  /// In what the groups differ.
  public var dimension: String
  /// Texts, or templates, that speak of a group.
  public var texts: Int
  /// The mean |change of the score| when the group is exchanged.
  public var betweenGroups: Double
  /// The same when only the wording is; `nil` where groups have one wording.
  public var withinGroup: Double?
  /// The lower end of the interval of the difference of both.
  public var excessLower: Double?
  /// The upper end.
  public var excessUpper: Double?
  /// Whether that interval lies above 0: the group moves the score more than wording does.
  public var exceedsWithinGroup: Bool
  /// The largest change.
  public var largest: Double
  /// Those in which an exchange of groups changes the verdict.
  public var flipped: ShareEstimate
  /// By ordered pairs of groups.
  public var shifts: [Shift]

  /// Measures; `nil` where there is nothing to compare.
  ///
  /// - Parameters:
  ///   - dimension: In what the groups differ.
  ///   - texts: Scores, text by text.
  ///   - threshold: At or above it an answer is flagged.
  ///   - seed: What draws depend on.
  public init?(dimension: String, _ texts: [SwapScores], threshold: Double, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let measured = BiasMeasurement(texts, threshold: threshold, using: &random)
    guard let mean = measured.meanDifference, let largest = measured.largest,
      let flipped = ShareEstimate(measured.flippedTexts)
    else { return nil }
    self.dimension = dimension
    self.texts = measured.textCount
    betweenGroups = mean
    withinGroup = measured.withinGroup?.within
    excessLower = measured.withinGroup?.differenceInterval?.lower
    excessUpper = measured.withinGroup?.differenceInterval?.upper
    exceedsWithinGroup = measured.withinGroup?.exceedsWithinGroup ?? false
    self.largest = abs(largest.swap.change)
    self.flipped = flipped
    shifts = measured.shifts.map {
      Shift(
        from: $0.from, to: $0.to, mean: $0.mean, lower: $0.interval?.lower,
        upper: $0.interval?.upper)
    }
  }
}
