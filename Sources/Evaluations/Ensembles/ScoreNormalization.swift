/// z = (score − mean)/deviation, so that scores of several models, or of a model before and after
/// more training, can be compared.
public struct ScoreNormalization: Sendable, Hashable, Codable {
  /// The mean of the reference scores.
  public let mean: Double
  /// Their deviation, above 0.
  public let deviation: Double

  /// A known normalization.
  ///
  /// - Parameters:
  ///   - mean: What is subtracted.
  ///   - deviation: What is divided by; above 0.
  public init(mean: Double, deviation: Double) {
    precondition(deviation > 0, "a deviation of \(deviation)")
    self.mean = mean
    self.deviation = deviation
  }

  /// The mean and the population deviation of reference scores.
  ///
  /// The result is `nil` where they do not vary.
  ///
  /// - Parameter scores: Scores of a fixed set of completions; finite.
  public init?(reference scores: [Double]) {
    let moments = MeanVariance(scores)
    guard let mean = moments.mean, let deviation = moments.deviation(.population), deviation > 0,
      scores.contains(where: { $0 != scores[0] })
    else { return nil }
    self.init(mean: mean, deviation: deviation)
  }

  /// (score − mean)/deviation.
  ///
  /// - Parameter score: Any score.
  /// - Returns: How many deviations it lies above the mean.
  public func normalize(_ score: Double) -> Double { (score - mean) / deviation }

  /// (score − mean)/deviation of each score.
  ///
  /// - Parameter scores: Any scores.
  /// - Returns: How many deviations each lies above the mean.
  public func normalize(_ scores: [Double]) -> [Double] { scores.map(normalize) }
}
