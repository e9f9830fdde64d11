/// How often each length occurs: exact quantiles in memory that does not grow with the rows.
package struct LengthCounts: Equatable {
  private var counts: [Int: Int] = [:]
  /// How many lengths were counted.
  package private(set) var total = 0
  /// Their sum.
  package private(set) var sum = 0

  /// No lengths.
  package init() {}

  /// Counts a length.
  package mutating func add(_ length: Int) {
    counts[length, default: 0] += 1
    total += 1
    sum += length
  }

  /// The least length, 0 where there is none.
  package var minimum: Int { counts.keys.min() ?? 0 }
  /// The greatest length, 0 where there is none.
  package var maximum: Int { counts.keys.max() ?? 0 }
  /// Their mean, 0 where there is none.
  package var mean: Double { total > 0 ? Double(sum) / Double(total) : 0 }

  /// The length below which a share of the lengths lies, interpolated between neighbours: the
  /// quantile that NumPy gives by default (Hyndman and Fan 1996, definition 7).
  package func quantile(_ share: Double) -> Double {
    guard total > 0 else { return 0 }
    let rank = share * Double(total - 1)
    let below = Int(rank)
    let lower = length(atRank: below)
    let upper = length(atRank: min(below + 1, total - 1))
    return Double(lower) + (rank - Double(below)) * Double(upper - lower)
  }

  /// How many lengths lie in a range.
  package func count(in range: some RangeExpression<Int>) -> Int {
    counts.reduce(0) { range.contains($1.key) ? $0 + $1.value : $0 }
  }

  private func length(atRank rank: Int) -> Int {
    var seen = 0
    for length in counts.keys.sorted() {
      seen += counts[length] ?? 0
      if seen > rank { return length }
    }
    return maximum
  }
}
