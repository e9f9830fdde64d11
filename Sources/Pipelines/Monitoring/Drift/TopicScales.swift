internal import Evaluations

/// The mean and the deviation of a column in each stratum of a baseline, in whose units a response is seen.
struct TopicScales {
  private let scales: [Int: ReferenceScale]
  private let means: [Int: Double]

  /// Measures a column; a stratum with fewer than ten values takes the deviation within all strata.
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
    let pooled = count > 0 ? (squares / Double(count)).squareRoot() : 0
    means = moments.compactMapValues(\.mean)
    scales = moments.compactMapValues { moments in
      let own = moments.count >= 10 ? moments.deviation(.sample) ?? 0 : 0
      let deviation = own > 0 ? own : pooled
      return moments.mean.flatMap {
        deviation > 0 ? ReferenceScale(mean: $0, deviation: deviation) : nil
      }
    }
  }

  /// The baseline's mean where a response belongs; `nil` where there is none.
  func mean(for row: PlacedResponse) -> Double? { row.stratum.flatMap { means[$0] } }

  /// A response's value in deviations from the mean of its stratum; `nil` where that is not known.
  func standardized(_ column: ResponseColumn, of row: PlacedResponse) -> Double? {
    guard let stratum = row.stratum, let scale = scales[stratum],
      let value = row.measured.values[column]
    else { return nil }
    return (value - scale.mean) / scale.deviation
  }
}
