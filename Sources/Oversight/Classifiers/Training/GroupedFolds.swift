internal import PreferenceData

/// Rows in parts of about one size, all rows of a group in one part.
struct GroupedFolds {
  /// The part of each row.
  let fold: [Int]
  /// How many parts there are.
  let count: Int

  /// Deals the groups out in random order, each to the smallest part; those with a positive row first, so
  /// that no part is without one for want of luck.
  ///
  /// - Parameters:
  ///   - groups: The group of each row.
  ///   - positives: Which rows are positive.
  ///   - count: Parts, at most as many as there are groups.
  ///   - seed: The same seed gives the same parts.
  init(groups: [String], positives: [Bool], count: Int, seed: UInt64) {
    let members = Dictionary(grouping: groups.indices) { groups[$0] }
    let ordered = members.values.sorted { $0[0] < $1[0] }
    var random = SeededGenerator(seed: seed)
    let shuffled = random.permutation(of: ordered.count).map { ordered[$0] }
    let withPositive = shuffled.filter { rows in rows.contains { positives[$0] } }
    let without = shuffled.filter { rows in !rows.contains { positives[$0] } }
    self.count = min(count, ordered.count)
    var fold = [Int](repeating: 0, count: groups.count)
    var sizes = [Int](repeating: 0, count: self.count)
    for rows in withPositive + without {
      let smallest = sizes.indices.min { sizes[$0] < sizes[$1] } ?? 0
      for row in rows { fold[row] = smallest }
      sizes[smallest] += rows.count
    }
    self.fold = fold
  }
}
