/// The accuracy on pairs about which the model is equally sure: a band of |margin| between two
/// quantiles.
public struct MarginBand: Sendable, Hashable {
  /// The least |margin| in the band.
  public let lower: Double
  /// The greatest |margin| in the band.
  public let upper: Double
  /// The mean |margin| in the band.
  public let meanMargin: Double
  /// The accuracy on the band's pairs.
  public let accuracy: PairwiseAccuracy

  /// Cuts pairs into bands at the type 7 quantiles of |margin|.
  ///
  /// A value on a quantile belongs to the band above it, so that equal margins stay together; bands
  /// that this leaves empty are left out.
  ///
  /// - Parameters:
  ///   - margins: Chosen score − rejected score of each pair.
  ///   - count: How many bands, at least 1.
  /// - Returns: The bands, least sure first.
  public static func bands(margins: [Double], count: Int = 4) -> [MarginBand] {
    precondition(count > 0, "\(count) bands")
    let magnitudes = SortedSample(margins.map(abs))
    let cuts = (1..<max(1, count)).compactMap { magnitudes.quantile(Double($0) / Double(count)) }
    let ascending = margins.sorted { (abs($0), $0) < (abs($1), $1) }
    let bands = ascending.split(cuts: cuts)
    return bands.compactMap { band in
      guard let first = band.first, let last = band.last,
        let mean = MeanVariance(band.lazy.map(abs)).mean
      else { return nil }
      return MarginBand(
        lower: abs(first), upper: abs(last), meanMargin: mean,
        accuracy: PairwiseAccuracy(margins: band))
    }
  }
}

extension [Double] {
  /// Splits numbers of ascending magnitude before the first that reaches each cut.
  fileprivate func split(cuts: [Double]) -> [ArraySlice<Double>] {
    var bands: [ArraySlice<Double>] = []
    var rest = self[...]
    for cut in cuts {
      bands.append(rest.prefix { abs($0) < cut })
      rest = rest.drop { abs($0) < cut }
    }
    return bands + [rest]
  }
}
