internal import Evaluations

/// The mean of a column in each stratum of a baseline, and its deviation within strata, in whose units a response is
/// seen.
///
/// The deviation is that of all strata together: in a small one, what is rare may never have occurred, and would
/// seem impossible.
struct TopicScales {
  /// The deviation within strata; 0 where there is none.
  let deviation: Double
  private let means: [Int: Double]

  /// Measures a column.
  init(_ column: ResponseColumn, of baseline: [PlacedResponse]) {
    var moments: [Int: MeanVariance] = [:]
    for row in baseline {
      guard let stratum = row.stratum, let value = row.measured.values[column] else { continue }
      moments[stratum, default: MeanVariance()].add(value)
    }
    // The order of a sum decides its last digits.
    let sorted = moments.sorted { $0.key < $1.key }.map(\.value)
    let squares = sorted.reduce(0) { $0 + ($1.variance(.population) ?? 0) * Double($1.count) }
    let count = sorted.reduce(0) { $0 + $1.count }
    deviation = count > 0 ? (squares / Double(count)).squareRoot() : 0
    means = moments.compactMapValues(\.mean)
  }

  /// The baseline's mean where a response belongs; `nil` where there is none.
  func mean(for row: PlacedResponse) -> Double? { row.stratum.flatMap { means[$0] } }

  /// A response's value in deviations from the mean of its stratum; `nil` where that is not known.
  func standardized(_ column: ResponseColumn, of row: PlacedResponse) -> Double? {
    guard deviation > 0, let mean = mean(for: row), let value = row.measured.values[column]
    else { return nil }
    return (value - mean) / deviation
  }
}
