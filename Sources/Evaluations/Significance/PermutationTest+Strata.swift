public import PreferenceData

extension PermutationTest {
  /// The probability of at least the statistic seen, where only rows of one stratum can be exchanged: a
  /// difference in how often strata occur is no difference of the samples.
  ///
  /// - Parameters:
  ///   - strata: The stratum of each row.
  ///   - isCurrent: Which rows are the current ones; the others are the reference.
  ///   - random: The source of the exchanges; it is advanced.
  ///   - statistic: Great where the samples differ. It takes which rows are to be taken for current, as many in
  ///     each stratum as there are.
  /// - Returns: From 1/(rounds + 1) to 1.
  public func pValue(
    strata: [Int], isCurrent: [Bool], using random: inout SeededGenerator,
    of statistic: ([Bool]) -> Double
  ) -> Double {
    requireSameCount(strata.count, isCurrent.count, "strata and sides of rows")
    let members = Dictionary(grouping: strata.indices) { strata[$0] }
      .sorted { $0.key < $1.key }.map(\.value)
    let seen = statistic(isCurrent)
    // The same samples in another order give the same statistic but for rounding.
    let limit = seen - 1e-9 * abs(seen)
    var reached = 1
    var drawn = isCurrent
    for _ in 0..<rounds {
      for rows in members {
        for (row, other) in zip(rows, random.permutation(of: rows.count)) {
          drawn[row] = isCurrent[rows[other]]
        }
      }
      if statistic(drawn) >= limit { reached += 1 }
    }
    return Double(reached) / Double(rounds + 1)
  }
}
