public import PreferenceData

/// The calibration error that chance alone gives a perfectly calibrated model with these
/// confidences.
///
/// Every verdict is drawn anew, right with the probability that its confidence states, and the
/// error is measured; so many rounds. An observed error below the 95th percentile is no evidence of
/// miscalibration.
public struct CalibrationNullBand: Sendable, Hashable {
  /// The mean error over rounds.
  public let mean: Double
  /// The error that 95 % of the rounds stay below.
  public let percentile95: Double

  /// Simulates.
  ///
  /// The result is `nil` for no confidences.
  ///
  /// - Parameters:
  ///   - confidences: From ½ to 1.
  ///   - bins: The bins of the observed error.
  ///   - rounds: How often all verdicts are drawn.
  ///   - random: The source of the draws; it is advanced.
  public init?(
    confidences: [Double], bins: Int = 10, rounds: Int = 1000,
    using random: inout SeededGenerator
  ) {
    precondition(rounds > 0, "a simulation needs a round")
    guard !confidences.isEmpty else { return nil }
    let edges = ConfidenceBins(count: bins)
    let verdicts = confidences.map { (bin: edges.bin(of: $0), confidence: $0) }
    let errors = (0..<rounds).map { _ in
      var gaps = [Double](repeating: 0, count: bins)
      for (bin, confidence) in verdicts {
        gaps[bin] += (random.unit() < confidence ? 1 : 0) - confidence
      }
      return gaps.reduce(0) { $0 + abs($1) } / Double(confidences.count)
    }
    guard let mean = MeanVariance(errors).mean,
      let percentile95 = SortedSample(errors).quantile(0.95)
    else { return nil }
    (self.mean, self.percentile95) = (mean, percentile95)
  }
}
