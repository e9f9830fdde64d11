extension ChartSeries {
  /// The series with fewer points, where it has very many: each stretch of neighbouring points becomes its
  /// mean, and a band from the least to the greatest number of the stretch.
  ///
  /// Stretches differ by one point at most, within each run of finite points; between two runs stays a
  /// gap. So the means, weighted by the lengths of their stretches, have the mean of all points, and the
  /// band reaches every point.
  ///
  /// - Parameter limit: About how many points there may be, at least 2.
  /// - Returns: The series as it is, where it has no more points.
  public func thinned(to limit: Int) -> ChartSeries {
    precondition(limit >= 2, "\(limit) points of a series")
    guard points.count > limit else { return self }
    var thinned = ChartSeries(name, [])
    for run in runs {
      if !thinned.points.isEmpty {
        thinned.points.append(ChartPoint(x: .nan, y: .nan))
        thinned.band.append(ChartInterval(x: .nan, lower: .nan, upper: .nan))
      }
      let share = Double(limit) * Double(run.count) / Double(points.count)
      let count = min(run.count, max(1, Int(share.rounded())))
      for stretch in 0..<count {
        let start = run.startIndex + stretch * run.count / count
        let end = run.startIndex + (stretch + 1) * run.count / count
        thinned.append(points[start..<end])
      }
    }
    return thinned
  }

  /// Adds the mean of a stretch, and what it varies between.
  private mutating func append(_ stretch: ArraySlice<ChartPoint>) {
    var mean = ChartPoint(x: 0, y: 0)
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for (index, point) in stretch.enumerated() {
      // Parts of a mean: a sum may be more than a number can be.
      let count = Double(index + 1)
      mean.x += point.x / count - mean.x / count
      mean.y += point.y / count - mean.y / count
      (least, greatest) = (min(least, point.y), max(greatest, point.y))
    }
    points.append(mean)
    band.append(ChartInterval(x: mean.x, lower: least, upper: greatest))
  }
}
