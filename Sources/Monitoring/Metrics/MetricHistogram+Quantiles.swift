extension MetricHistogram.Snapshot {
  /// The observations of two histograms of the same bounds.
  ///
  /// - Parameter other: The other one.
  /// - Returns: All of both.
  public func adding(_ other: MetricHistogram.Snapshot) -> MetricHistogram.Snapshot {
    precondition(cumulative.count == other.cumulative.count, "histograms of different bounds")
    return .init(
      cumulative: zip(cumulative, other.cumulative).map { $0 + $1 }, sum: sum + other.sum)
  }

  /// What was observed since an earlier moment.
  ///
  /// - Parameter earlier: The same histogram then.
  /// - Returns: What has come since.
  public func subtracting(_ earlier: MetricHistogram.Snapshot) -> MetricHistogram.Snapshot {
    precondition(cumulative.count == earlier.cumulative.count, "histograms of different bounds")
    return .init(
      cumulative: zip(cumulative, earlier.cumulative).map { $0 - $1 }, sum: sum - earlier.sum)
  }

  /// A quantile, as Prometheus' `histogram_quantile` has it: within a bucket observations are thought to
  /// lie evenly, the first bucket begins at 0, and what lies above all bounds counts as the last of them.
  ///
  /// - Parameters:
  ///   - share: From 0 to 1; 0.5 for the median.
  ///   - bounds: The bounds of the histogram, without +∞.
  /// - Returns: `nil` where nothing was observed.
  public func quantile(_ share: Double, bounds: [Double]) -> Double? {
    precondition((0...1).contains(share), "a quantile of \(share)")
    precondition(cumulative.count == bounds.count + 1, "\(bounds.count) bounds")
    guard let all = cumulative.last, all > 0 else { return nil }
    let rank = share * Double(all)
    let place = cumulative.firstIndex { Double($0) >= rank && $0 > 0 } ?? bounds.count
    guard place < bounds.count else { return bounds.last }
    let lower = place == 0 ? 0 : bounds[place - 1]
    let before = Double(place == 0 ? 0 : cumulative[place - 1])
    return lower
      + (bounds[place] - lower) * (rank - before) / (Double(cumulative[place]) - before)
  }
}
