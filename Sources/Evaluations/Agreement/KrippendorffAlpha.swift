/// Krippendorff's α: disagreement beside what it would be if values were dealt out at random. Any
/// number of annotators, values may be missing, and a difference counts as the level says.
///
///     α = 1 − D_o/D_e
///     D_o = Σ_ck o_ck·δ²_ck/n        D_e = Σ_ck n_c·n_k·δ²_ck/(n(n − 1))
///
/// The coincidence o_ck is the sum over units with m ≥ 2 values of the ordered pairs of c and k, each
/// unit's divided by m − 1; n_c = Σ_k o_ck counts how often c occurs, and n = Σ_c n_c. δ² is
///
///     nominal   1 if c ≠ k
///     ordinal   (Σ_{g = c…k} n_g − (n_c + n_k)/2)²
///     interval  (c − k)²
///     ratio     ((c − k)/(c + k))²
///
/// 1 is perfect, 0 chance, below 0 systematic disagreement. Krippendorff asks for 0.8, and for 0.667
/// where conclusions may be tentative.
///
/// - SeeAlso: Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), and Content
///   Analysis, 4th edition (2018), chapter 12.
public struct KrippendorffAlpha: Sendable, Hashable {
  /// α; `nil` without pairs of values, and where all values are equal, so that nothing could differ.
  public let value: Double?
  /// What differences mean.
  public let level: MeasurementLevel
  /// n: the values of units with two or more.
  public let values: Int

  /// Measures ratings.
  ///
  /// - Parameters:
  ///   - ratings: Ratings; names of categories are nominal, and at the level `ratio` no number is
  ///     below 0. The ordered values are those that occur.
  ///   - level: What differences mean.
  public init(_ ratings: Ratings, level: MeasurementLevel) {
    let tallies = UnitTallies(ratings)
    let metric = DisagreementMetric(level, of: ratings, tallies)
    self.init(metric, units: tallies.units, totals: tallies.totals(of: tallies.units))
  }

  init(_ metric: DisagreementMetric, units: [Int], totals: AgreementTotals) {
    level = metric.level
    values = totals.pairedCounts.reduce(0, +)
    // With one value alone there is nothing to compute, and rounding must not find something.
    guard totals.pairedCounts.count(where: { $0 > 0 }) > 1 else {
      value = nil
      return
    }
    let (observed, expected) = metric.sums(over: units, totals: totals)
    value = expected > 0 ? 1 - Double(values - 1) * observed / expected : nil
  }
}
