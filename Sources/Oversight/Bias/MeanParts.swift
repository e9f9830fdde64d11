internal import Evaluations
internal import PreferenceData

/// Sum and number of some values of a text, of which means over drawn texts are made.
struct MeanParts {
  let sum: Double
  let count: Int

  init(_ values: [Double]) {
    self.init(sum: values.reduce(0, +), count: values.count)
  }

  init(sum: Double, count: Int) {
    (self.sum, self.count) = (sum, count)
  }

  /// `nil` of no values.
  var mean: Double? { count > 0 ? sum / Double(count) : nil }
}

extension [MeanParts] {
  /// All of them together.
  var total: MeanParts {
    MeanParts(sum: reduce(0) { $0 + $1.sum }, count: reduce(0) { $0 + $1.count })
  }

  /// The interval of their mean over draws of them; `nil` of fewer than two.
  func meanInterval(
    by bootstrap: Bootstrap, level: Double, using random: inout SeededGenerator
  ) -> ConfidenceInterval? {
    guard count > 1 else { return nil }
    return bootstrap.distribution(count: count, using: &random) { rows in
      rows.map { self[$0] }.total.mean
    }.interval(level: level)
  }
}
