public import Evaluations

/// Mean and deviation of all scores that a reward gave so far, for z-scores while training.
///
/// It belongs to a run's progress: a run that is resumed without it would score on another scale.
public struct RunningScores: Sendable, Hashable, Codable {
  /// How many scores were seen.
  public private(set) var count = 0
  /// Their mean; 0 before the first.
  public private(set) var mean = 0.0
  /// Σ(score − mean)².
  private var squares = 0.0

  /// Nothing seen yet.
  public init() {}

  /// The population deviation √(Σ(score − mean)²/n); 0 before the first score.
  public var deviation: Double {
    count > 0 ? (squares / Double(count)).squareRoot() : 0
  }

  /// Sees the scores of a batch.
  ///
  /// - Parameter scores: Finite numbers.
  public mutating func add(_ scores: [Double]) {
    for score in scores {
      count += 1
      let shift = score - mean
      mean += shift / Double(count)
      squares += shift * (score - mean)
    }
  }

  /// Mean and deviation as they stand; a deviation of 1 where all scores so far are equal.
  public var normalization: ScoreNormalization {
    ScoreNormalization(mean: mean, deviation: deviation > 0 ? deviation : 1)
  }

  /// (score − mean)/deviation, and 0 where all scores so far are equal.
  ///
  /// - Parameter score: Any score.
  /// - Returns: How many deviations it lies above the mean.
  public func normalize(_ score: Double) -> Double {
    deviation > 0 ? normalization.normalize(score) : 0
  }
}
