internal import Evaluations
internal import PreferenceData

/// What a classifier is worth on one label, and what a list of words is worth beside it.
public struct LabelEvaluation: Sendable, Hashable, Codable {
  /// A list of words: its score is 1 + log of its matches, its verdict that there is one.
  public struct Baseline: Sendable, Hashable, Codable {
    /// How it ranks.
    public var ranking: RankingQuality
    /// How often it is right.
    public var verdicts: VerdictQuality
    /// The classifier's area under the ROC curve less its own, texts of a group drawn together.
    public var rocAUCDifference: MeasuredValue
    /// The classifier's average precision less its own, texts of a group drawn together.
    public var averagePrecisionDifference: MeasuredValue

    private enum CodingKeys: String, CodingKey {
      case ranking, verdicts, averagePrecisionDifference
      case rocAUCDifference = "rocAucDifference"
    }
  }

  /// The name of the label.
  public var label: String
  /// Texts of which it is known.
  public var texts: Int
  /// Those of which it is true.
  public var positives: Int
  /// How the probability ranks; `nil` where all texts are of one side.
  public var ranking: RankingQuality?
  /// Where verdicts become positive.
  public var threshold: Double
  /// How often verdicts are right.
  public var verdicts: VerdictQuality
  /// The expected calibration error, in ten bins of max(p, 1 − p); chance alone makes it more than 0.
  public var expectedCalibrationError: Double
  /// The mean of (p − y)²; p = share of positive texts gives share·(1 − share).
  public var brier: Double
  /// A list of words; `nil` where all texts are of one side.
  public var lexicon: Baseline?

  /// What one label came to.
  struct Outcomes {
    /// Probabilities, one a text.
    var probabilities: [Double]
    /// Which texts are called positive.
    var verdicts: [Bool]
    /// Which are.
    var outcomes: [Bool]
    /// What belongs together.
    var groups: [String]
    /// How much of the list of words each text has.
    var lexicon: [Double]
  }

  /// Measures.
  ///
  /// - Parameters:
  ///   - label: The name of the label.
  ///   - threshold: Where verdicts become positive.
  ///   - found: One text at least.
  ///   - rounds: How often groups are drawn for intervals of differences.
  ///   - seed: What the draws depend on.
  init(label: String, threshold: Double, found: Outcomes, rounds: Int, seed: UInt64) {
    let calibration = Calibration(
      confidences: found.probabilities.map { max($0, 1 - $0) },
      correct: zip(found.probabilities, found.outcomes).map { ($0 >= 0.5) == $1 })
    guard let error = calibration.reliability().expectedCalibrationError,
      let brier = calibration.brierScore
    else { preconditionFailure("an evaluation needs a text") }
    self.label = label
    texts = found.outcomes.count
    positives = found.outcomes.count { $0 }
    ranking = RankingQuality(scores: found.probabilities, outcomes: found.outcomes)
    self.threshold = threshold
    verdicts = VerdictQuality(verdicts: found.verdicts, outcomes: found.outcomes)
    expectedCalibrationError = error
    self.brier = brier
    guard let ranking,
      let words = RankingQuality(scores: found.lexicon, outcomes: found.outcomes)
    else {
      lexicon = nil
      return
    }
    func difference(
      _ value: (RankingQuality) -> Double
    ) -> MeasuredValue {
      var random = SeededGenerator(seed: seed)
      let distribution = Bootstrap(rounds: rounds).distribution(
        clusters: found.groups, using: &random
      ) { rows in
        let outcomes = rows.map { found.outcomes[$0] }
        guard
          let one = RankingQuality(
            scores: rows.map { found.probabilities[$0] }, outcomes: outcomes),
          let other = RankingQuality(scores: rows.map { found.lexicon[$0] }, outcomes: outcomes)
        else { return nil }
        return value(one) - value(other)
      }
      return MeasuredValue(value(ranking) - value(words), distribution.interval())
    }
    lexicon = Baseline(
      ranking: words,
      verdicts: VerdictQuality(
        verdicts: found.lexicon.map { $0 > 0 }, outcomes: found.outcomes),
      rocAUCDifference: difference(\.rocAUC.value),
      averagePrecisionDifference: difference(\.averagePrecision))
  }
}
