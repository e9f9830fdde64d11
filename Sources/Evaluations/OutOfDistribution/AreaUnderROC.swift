/// The probability that a score of one kind exceeds one of another, ties counted half: ½ says that
/// the score does not tell them apart, 1 that a threshold separates them.
public struct AreaUnderROC: Sendable, Hashable {
  /// P(positive > negative) + ½·P(equal).
  public let value: Double
  /// DeLong's standard error; `nil` where a side has fewer than two scores.
  public let standardError: Double?

  /// Compares every score of one kind with every one of the other, by sorting.
  ///
  /// The result is `nil` where a side has no scores.
  ///
  /// - Parameters:
  ///   - positives: Scores that should be high, for instance distances out of distribution; finite.
  ///   - negatives: Scores that should be low; finite.
  /// - SeeAlso: Elizabeth R. DeLong et al., Comparing the Areas under Two or More Correlated
  ///   Receiver Operating Characteristic Curves, Biometrics 44 (1988); by ranks, Xu Sun and Weichao
  ///   Xu, IEEE Signal Processing Letters 21 (2014).
  public init?(positives: [Double], negatives: [Double]) {
    requireFinite(positives, "scores of positives")
    requireFinite(negatives, "scores of negatives")
    guard !positives.isEmpty && !negatives.isEmpty else { return nil }
    let ranks = midRanks(positives + negatives)
    // How many of the other kind a score exceeds: its rank among all less that among its own.
    let exceeded = zip(ranks, midRanks(positives)).map { ($0 - $1) / Double(negatives.count) }
    let exceeding = zip(ranks.dropFirst(positives.count), midRanks(negatives))
      .map { 1 - ($0 - $1) / Double(positives.count) }
    let (first, second) = (MeanVariance(exceeded), MeanVariance(exceeding))
    value = first.mean ?? 0
    if let one = first.variance(.sample), let other = second.variance(.sample) {
      standardError =
        (one / Double(positives.count) + other / Double(negatives.count)).squareRoot()
    } else {
      standardError = nil
    }
  }

  /// value ± z standard errors, cut at 0 and 1.
  ///
  /// - Parameter level: Above 0 and below 1.
  /// - Returns: `nil` where the standard error is undefined, or 0 because all scores of one kind
  ///   exceed all of the other, which a normal interval cannot describe.
  public func interval(level: Double = 0.95) -> ConfidenceInterval? {
    guard let standardError, standardError > 0 else { return nil }
    let reach = NormalDistribution.twoSidedQuantile(level) * standardError
    return ConfidenceInterval(
      lower: max(0, value - reach), upper: min(1, value + reach), level: level)
  }
}
