import Testing

/// Whether two numbers differ by no more than `tolerance`, and there is a number to compare.
func isClose(_ seen: Double?, _ expected: Double, within tolerance: Double = 1e-9) -> Bool {
  seen.map { abs($0 - expected) <= tolerance } ?? false
}

/// Compares column by column, so that a failure names the place.
func expectClose(
  _ seen: [Double], _ expected: [Double], within tolerance: Double = 1e-9,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(seen.count == expected.count, sourceLocation: sourceLocation)
  for (index, (seen, expected)) in zip(seen, expected).enumerated() {
    #expect(
      isClose(seen, expected, within: tolerance), "entry \(index): \(seen), expected \(expected)",
      sourceLocation: sourceLocation)
  }
}
