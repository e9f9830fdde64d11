/// The exact sign test: would a fair coin give as many heads?
///
/// Ties say nothing about the direction and are left out before counting.
public struct SignTest: Sendable, Hashable {
  /// How many differences are positive.
  public let positives: Int
  /// How many differences are negative.
  public let negatives: Int

  /// A test of known counts.
  ///
  /// - Parameters:
  ///   - positives: How many differences are positive.
  ///   - negatives: How many differences are negative.
  public init(positives: Int, negatives: Int) {
    precondition(positives >= 0 && negatives >= 0, "\(positives) and \(negatives) signs")
    self.positives = positives
    self.negatives = negatives
  }

  /// A test of the signs of differences, those of 0 left out.
  ///
  /// - Parameter differences: Finite numbers.
  public init(differences: [Double]) {
    requireFinite(differences, "differences")
    self.init(
      positives: differences.count { $0 > 0 }, negatives: differences.count { $0 < 0 })
  }

  /// The probability of a split at least as uneven under a fair coin, min(1, 2·P(X ≥ max)).
  public var twoSidedPValue: Double {
    min(1, 2 * coin.atLeast(max(positives, negatives)))
  }

  /// The probability of at least as many positives under a fair coin.
  public var positivePValue: Double { coin.atLeast(positives) }

  private var coin: BinomialDistribution {
    BinomialDistribution(trials: positives + negatives, probability: 0.5)
  }
}
