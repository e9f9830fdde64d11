/// The two sums of Krippendorff's α without a table of coincidences, whose size would be the square of
/// the number of values.
///
/// Over the ordered pairs of m numbers, Σ (x − y)² = 2m·Σ (x − x̄)²: interval data need one pass. The
/// ordinal δ is a difference too, that of mean ranks: Σ_{g = c…k} n_g − (n_c + n_k)/2 = r_k − r_c with
/// r_c = Σ_{g < c} n_g + n_c/2. Only the ratio δ is no difference of anything.
struct DisagreementMetric: Sendable {
  let level: MeasurementLevel
  private let tallies: UnitTallies
  private let scale: [Double]
  /// For the ratio level: of each unit Σ δ²/(m − 1) over its ordered pairs.
  private let ratioSums: [Double]

  init(_ level: MeasurementLevel, of ratings: Ratings, _ tallies: UnitTallies) {
    precondition(
      ratings.categories == nil || level == .nominal, "names of categories are not \(level)")
    precondition(
      level != .ratio || (ratings.scale.first ?? 0) >= 0, "a ratio scale has no numbers below 0")
    self.level = level
    self.tallies = tallies
    scale = ratings.scale
    ratioSums =
      level == .ratio ? tallies.units.map { Self.ratioSum(tallies, ratings.scale, $0) } : []
  }

  /// Σ o_ck·δ²_ck, and Σ n_c·n_k·δ²_ck.
  ///
  /// - Parameters:
  ///   - units: Numbers of units, with repetition where they were drawn.
  ///   - totals: The sums over them.
  /// - Returns: Both; α is 1 − (n − 1)·observed/expected.
  func sums(
    over units: [Int], totals: AgreementTotals
  ) -> (observed: Double, expected: Double) {
    let counts = totals.pairedCounts
    switch level {
    case .nominal:
      let all = Double(counts.reduce(0, +))
      return (totals.unequal, all * all - counts.reduce(0) { $0 + Double($1) * Double($1) })
    case .ordinal: return squares(of: Self.meanRanks(counts), over: units, counts)
    case .interval: return squares(of: scale, over: units, counts)
    case .ratio: return (units.reduce(0) { $0 + ratioSums[$1] }, expectedRatio(counts))
    }
  }

  /// The place of each value among all n where equal ones share the middle of theirs, from 0 to n.
  private static func meanRanks(_ counts: [Int]) -> [Double] {
    var below = 0
    return counts.map { count in
      defer { below += count }
      return Double(below) + Double(count) / 2
    }
  }

  private func squares(
    of positions: [Double], over units: [Int], _ counts: [Int]
  ) -> (observed: Double, expected: Double) {
    var observed = 0.0
    for unit in units {
      let codes = tallies.codes(of: unit)
      guard codes.count > 1 else { continue }
      let size = Double(codes.count)
      let mean = codes.reduce(0) { $0 + positions[$1] } / size
      let spread = codes.reduce(0) { $0 + (positions[$1] - mean) * (positions[$1] - mean) }
      observed += 2 * size * spread / (size - 1)
    }
    let all = Double(counts.reduce(0, +))
    let mean = zip(counts, positions).reduce(0) { $0 + Double($1.0) * $1.1 } / all
    let spread = zip(counts, positions).reduce(0) {
      $0 + Double($1.0) * ($1.1 - mean) * ($1.1 - mean)
    }
    return (observed, 2 * all * spread)
  }

  private func expectedRatio(_ counts: [Int]) -> Double {
    let present = counts.indices.filter { counts[$0] > 0 }
    var sum = 0.0
    for (place, first) in present.enumerated() {
      var inner = 0.0
      for second in present[..<place] {
        inner += Double(counts[second]) * Self.ratio(scale[first], scale[second])
      }
      sum += Double(counts[first]) * inner
    }
    return 2 * sum
  }

  private static func ratioSum(_ tallies: UnitTallies, _ scale: [Double], _ unit: Int) -> Double {
    let codes = tallies.codes(of: unit)
    guard codes.count > 1 else { return 0 }
    var sum = 0.0
    for first in codes {
      for second in codes { sum += ratio(scale[first], scale[second]) }
    }
    return sum / Double(codes.count - 1)
  }

  /// ((c − k)/(c + k))²; 0 for two zeros, whose quotient is none.
  private static func ratio(_ first: Double, _ second: Double) -> Double {
    if first == second { return 0 }
    let quotient = (first - second) / (first + second)
    return quotient * quotient
  }
}
