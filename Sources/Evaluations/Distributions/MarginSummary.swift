/// How the margins chosen score − rejected score of a set of pairs are distributed.
public struct MarginSummary: Sendable, Hashable {
  /// The probabilities of ``quantiles``.
  public static let probabilities = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]

  /// How many pairs there are.
  public let count: Int
  /// The mean margin.
  public let mean: Double
  /// The deviation of margins, by n − 1; `nil` for a single pair.
  public let deviation: Double?
  /// Type 7 quantiles at ``probabilities``.
  public let quantiles: [Double]
  /// The share of pairs with |margin| < 0.1, on which the model hardly has an opinion.
  public let shareNearZero: Double
  /// Counts in bins of equal width.
  public let histogram: Histogram

  /// Summarizes margins.
  ///
  /// The result is `nil` for no pairs.
  ///
  /// - Parameters:
  ///   - margins: Finite numbers.
  ///   - bins: The number of bins of the histogram.
  public init?(margins: [Double], bins: Int = 20) {
    let moments = MeanVariance(margins)
    guard let mean = moments.mean, let histogram = Histogram(margins, bins: bins) else {
      return nil
    }
    let sorted = SortedSample(margins)
    count = margins.count
    self.mean = mean
    deviation = moments.deviation(.sample)
    quantiles = Self.probabilities.compactMap(sorted.quantile)
    shareNearZero = Double(margins.count { abs($0) < 0.1 }) / Double(margins.count)
    self.histogram = histogram
  }
}
