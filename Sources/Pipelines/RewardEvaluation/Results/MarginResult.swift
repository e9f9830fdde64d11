internal import Evaluations

/// How margins are distributed, and how often the model is right where it is more or less sure.
public struct MarginResult: Sendable, Hashable, Codable {
  /// Comparisons between two quantiles of |margin|.
  public struct Band: Sendable, Hashable, Codable {
    /// The least |margin|.
    public var lower: Double
    /// The greatest |margin|.
    public var upper: Double
    /// The accuracy.
    public var accuracy: ShareEstimate
  }

  /// The mean margin.
  public var mean: Double
  /// The deviation of margins; `nil` for one comparison.
  public var deviation: Double?
  /// At which probabilities ``quantiles`` are.
  public var probabilities: [Double]
  /// Type 7 quantiles.
  public var quantiles: [Double]
  /// The share with |margin| below 0.1.
  public var shareNearZero: Double
  /// The ends of the histogram's bins.
  public var edges: [Double]
  /// How many margins are in each bin.
  public var counts: [Int]
  /// Quarters by |margin|, least sure first.
  public var bands: [Band]

  init?(_ margins: [Double]) {
    guard let summary = MarginSummary(margins: margins, bins: 30) else { return nil }
    mean = summary.mean
    deviation = summary.deviation
    probabilities = MarginSummary.probabilities
    quantiles = summary.quantiles
    shareNearZero = summary.shareNearZero
    edges = summary.histogram.edges
    counts = summary.histogram.counts
    bands = MarginBand.bands(margins: margins).compactMap { band in
      ShareEstimate(band.accuracy).map {
        Band(lower: band.lower, upper: band.upper, accuracy: $0)
      }
    }
  }
}
