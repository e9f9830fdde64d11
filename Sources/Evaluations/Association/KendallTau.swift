/// Kendall's τ: of all pairs of items, how many do two orders rank alike?
public struct KendallTau: Sendable, Hashable {
  /// Pairs that both columns order alike.
  public let concordant: Int
  /// Pairs that the columns order differently.
  public let discordant: Int
  /// Pairs that are equal in the first column, whatever they are in the second.
  public let tiedFirst: Int
  /// Pairs that are equal in the second column, whatever they are in the first.
  public let tiedSecond: Int
  /// All pairs, n(n − 1)/2.
  public let pairs: Int

  /// Compares two columns by sorting: n·log n instead of all pairs.
  ///
  /// - Parameters:
  ///   - x: Finite numbers.
  ///   - y: As many.
  /// - SeeAlso: William R. Knight, A Computer Method for Calculating Kendall's Tau with Ungrouped
  ///   Data, JASA 61 (1966).
  public init(_ x: [Double], _ y: [Double]) {
    requireSameCount(x.count, y.count, "columns")
    requireFinite(x, "the first column's values")
    requireFinite(y, "the second column's values")
    let order = x.indices.sorted { (x[$0], y[$0]) < (x[$1], y[$1]) }
    pairs = x.count * (x.count - 1) / 2
    tiedFirst = order.pairsWithin { x[$0] == x[$1] }
    let tiedBoth = order.pairsWithin { x[$0] == x[$1] && y[$0] == y[$1] }
    var column = order.map { y[$0] }
    // Sorted by x and then by y, what is out of order in y is discordant.
    discordant = column.sortCountingSwaps()
    tiedSecond = column.indices.map { $0 }.pairsWithin { column[$0] == column[$1] }
    concordant = pairs - tiedFirst - tiedSecond + tiedBoth - discordant
  }

  /// τ-a = (concordant − discordant)/pairs: a tie is half right. `nil` for fewer than two items.
  public var a: Double? {
    pairs > 0 ? Double(concordant - discordant) / Double(pairs) : nil
  }

  /// τ-b = (concordant − discordant)/√((pairs − tiedFirst)(pairs − tiedSecond)), which reaches ±1
  /// in spite of ties; `nil` where all items of a column are equal.
  public var b: Double? {
    let untied = (Double(pairs - tiedFirst), Double(pairs - tiedSecond))
    guard untied.0 > 0 && untied.1 > 0 else { return nil }
    return Double(concordant - discordant) / (untied.0.squareRoot() * untied.1.squareRoot())
  }
}

extension [Int] {
  /// Pairs within runs of neighbours that are equal to the run's first.
  fileprivate func pairsWithin(_ areEqual: (Int, Int) -> Bool) -> Int {
    var (pairs, start) = (0, 0)
    for end in 1..<(Swift.max(1, count) + 1) where end >= count || !areEqual(self[start], self[end])
    {
      let run = Swift.min(end, count) - start
      pairs += run * (run - 1) / 2
      start = end
    }
    return pairs
  }
}

extension [Double] {
  /// A merge sort that counts how many pairs were strictly out of order.
  fileprivate mutating func sortCountingSwaps() -> Int {
    var swaps = 0
    var width = 1
    while width < count {
      var merged: [Double] = []
      merged.reserveCapacity(count)
      for start in stride(from: 0, to: count, by: 2 * width) {
        let (middle, end) = (Swift.min(start + width, count), Swift.min(start + 2 * width, count))
        var (left, right) = (start, middle)
        while left < middle && right < end {
          if self[right] < self[left] {
            merged.append(self[right])
            right += 1
            swaps += middle - left
          } else {
            merged.append(self[left])
            left += 1
          }
        }
        merged += self[left..<middle]
        merged += self[right..<end]
      }
      self = merged
      width *= 2
    }
    return swaps
  }
}
