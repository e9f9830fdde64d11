/// The colour of a series: a class of the style sheet, of which there are six.
struct ChartColor: CustomStringConvertible, Sendable {
  private static let count = 6
  let description: String

  /// The colour of the series of that index.
  init(_ index: Int) { description = "s\(index % Self.count + 1)" }
}

extension Drawing {
  /// What stands in a chart without data.
  mutating func noteMissingData() {
    text("no data", at: (size.width / 2, height / 2), .middle, "missing")
  }
}
