/// Counts of numbers in bins of equal width.
public struct Histogram: Sendable, Hashable {
  /// The ends of the bins, ascending; one more than there are bins.
  public let edges: [Double]
  /// How many numbers fall into each bin. A number on an edge belongs to the bin above it, one on
  /// the last edge to the last bin.
  public let counts: [Int]

  /// Counts numbers between their least and their greatest.
  ///
  /// The result is `nil` for no numbers.
  ///
  /// - Parameters:
  ///   - values: Finite numbers. Where all are equal, the bins reach half a unit to both sides.
  ///   - bins: How many bins, at least 1.
  public init?(_ values: [Double], bins: Int) {
    precondition(bins > 0, "a histogram needs a bin")
    requireFinite(values, "values")
    guard let least = values.min(), let greatest = values.max() else { return nil }
    let (lower, upper) = least < greatest ? (least, greatest) : (least - 0.5, least + 0.5)
    let width = (upper - lower) / Double(bins)
    let edges = (0..<bins).map { lower + Double($0) * width } + [upper]
    var counts = [Int](repeating: 0, count: bins)
    for value in values {
      var bin = min(bins - 1, max(0, Int((value - lower) / width)))
      // The quotient may round to the wrong side of an edge; the edges themselves decide.
      if bin + 1 < bins && value >= edges[bin + 1] { bin += 1 }
      if bin > 0 && value < edges[bin] { bin -= 1 }
      counts[bin] += 1
    }
    (self.edges, self.counts) = (edges, counts)
  }
}
