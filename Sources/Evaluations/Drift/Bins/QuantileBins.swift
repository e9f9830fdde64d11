/// Bins that each hold about as many numbers of a reference, to count other numbers in.
///
/// The first and the last bin have no outer end, so that no number is lost.
public struct QuantileBins: Sendable, Hashable, Codable {
  /// The inner ends of the bins, ascending; one less than there are bins. A number on an edge belongs
  /// to the bin above it.
  public let edges: [Double]

  /// Puts edges at the numbers of the reference at rank ⌈k·(n − 1)/count⌉, from 0: those at or next
  /// above the type 7 quantiles of probability k/count.
  ///
  /// Ranks that hold the same number, since it is frequent or there are few, make one edge; and where
  /// that number is the minimum, the edge is the next greater one. So no bin of the reference is
  /// empty. The result is `nil` where all numbers are equal, or there are none: such a reference has
  /// no two bins.
  ///
  /// - Parameters:
  ///   - reference: Finite numbers.
  ///   - count: How many bins, at least 2.
  public init?(reference: [Double], count: Int = 10) {
    precondition(count > 1, "\(count) bins, but there are at least 2")
    let values = SortedSample(reference).values
    guard let least = values.first, let next = values.first(where: { $0 > least }) else {
      return nil
    }
    var edges: [Double] = []
    for index in 1..<count {
      let edge = max(next, values[(index * (values.count - 1) + count - 1) / count])
      if edge != edges.last { edges.append(edge) }
    }
    self.edges = edges
  }

  /// How many of some numbers fall into each bin.
  ///
  /// - Parameter values: Finite numbers.
  /// - Returns: One count a bin.
  public func counts(of values: [Double]) -> [Int] {
    requireFinite(values, "values")
    var counts = [Int](repeating: 0, count: edges.count + 1)
    for value in values { counts[bin(of: value)] += 1 }
    return counts
  }

  /// How many edges are at most the value, by halving.
  private func bin(of value: Double) -> Int {
    var (lower, upper) = (0, edges.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if edges[middle] <= value { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }
}
