internal import Evaluations

extension ColumnCourse {
  /// The course of a column along a window, in twenty parts at most.
  ///
  /// - Parameters:
  ///   - column: The column.
  ///   - window: The window in the order of time.
  ///   - baseline: The baseline.
  init(_ column: ResponseColumn, of window: [PlacedResponse], against baseline: [PlacedResponse]) {
    let scales = TopicScales(column, of: baseline)
    let known = window.enumerated().compactMap {
      place, row -> (end: Int, value: Double, expected: Double)? in
      guard let value = row.measured.values[column], let mean = scales.mean(for: row) else {
        return nil
      }
      return (place + 1, value, mean)
    }
    let size = max(10, (known.count + 19) / 20)
    let starts = stride(from: 0, to: known.count, by: size)
    self.init(
      name: column.rawValue, title: column.title, isShare: column.isShare,
      parts: starts.compactMap { start in
        let rows = known[start..<min(start + size, known.count)]
        let moments = MeanVariance(rows.map(\.value))
        guard let mean = moments.mean, let end = rows.last?.end,
          let expected = MeanVariance(rows.map(\.expected)).mean
        else { return nil }
        return Part(
          end: end, mean: mean, expected: expected, standardError: moments.standardError)
      })
  }
}
