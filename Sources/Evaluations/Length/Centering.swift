extension [Double] {
  /// Each number less the mean of its group; exactly 0 in a group whose numbers are equal.
  func centered(within groups: GroupedRows) -> [Double] {
    requireFinite(self, "values")
    var centered = self
    for group in 0..<groups.count {
      let rows = groups[group]
      let first = self[rows[rows.startIndex]]
      // Shifted by the first: equal numbers then have a mean of exactly 0.
      let mean = rows.reduce(0) { $0 + (self[$1] - first) } / Double(rows.count)
      for row in rows { centered[row] = self[row] - first - mean }
    }
    return centered
  }
}
