/// What each unit (an item with its values) adds to the coefficients of agreement.
///
/// Units are drawn again a thousand times for intervals: whatever does not depend on the other units
/// is worked out once, and a draw adds up numbers.
struct UnitTallies: Sendable {
  /// The places of values in the scale, unit after unit.
  private let codes: [Int]
  private let starts: [Int]
  /// Of each unit, the share of ordered pairs of values that are equal; 0 with fewer than two values.
  private let equalShares: [Double]
  /// How many different values there are in all.
  let categories: Int

  /// The tallies of all items.
  ///
  /// - Parameters:
  ///   - ratings: The ratings.
  ///   - excluded: An annotator whose values do not count.
  init(_ ratings: Ratings, excluding excluded: Int? = nil) {
    let units = ratings.cells.map { cells in
      cells.filter { $0.annotator != excluded }.map(\.code)
    }
    self.init(units: units, categories: ratings.scale.count)
  }

  /// The tallies of units, each with the places of its values in a scale.
  init(units: [[Int]], categories: Int) {
    self.categories = categories
    codes = Array(units.joined())
    var starts = [0]
    for unit in units { starts.append((starts.last ?? 0) + unit.count) }
    self.starts = starts
    equalShares = units.map(Self.equalShare)
  }

  /// Σ_k n_k(n_k − 1)/(m(m − 1)) for m values, n_k of them equal to k.
  private static func equalShare(_ codes: [Int]) -> Double {
    guard codes.count > 1 else { return 0 }
    var equal = 0
    for first in codes.indices {
      for second in codes.indices where second != first && codes[second] == codes[first] {
        equal += 1
      }
    }
    return Double(equal) / Double(codes.count * (codes.count - 1))
  }

  /// All units, each once.
  var units: [Int] { Array(equalShares.indices) }

  /// The places of a unit's values in the scale.
  func codes(of unit: Int) -> ArraySlice<Int> { codes[starts[unit]..<starts[unit + 1]] }

  /// How many values a unit has.
  func size(of unit: Int) -> Int { starts[unit + 1] - starts[unit] }

  /// The sums over units.
  ///
  /// - Parameter units: Numbers of units, with repetition where they were drawn.
  /// - Returns: What the coefficients follow from.
  func totals(of units: [Int]) -> AgreementTotals {
    var totals = AgreementTotals(categories: categories)
    for unit in units {
      let codes = codes(of: unit)
      if codes.isEmpty { continue }
      totals.units += 1
      let share = 1 / Double(codes.count)
      for code in codes { totals.shares[code] += share }
      guard codes.count > 1 else { continue }
      totals.pairedUnits += 1
      totals.agreement += equalShares[unit]
      totals.unequal += Double(codes.count) * (1 - equalShares[unit])
      for code in codes { totals.pairedCounts[code] += 1 }
    }
    return totals
  }
}

/// Sums over units from which the coefficients follow.
struct AgreementTotals: Sendable {
  /// Units with a value.
  var units = 0
  /// Units with two values or more.
  var pairedUnits = 0
  /// Over units with two values or more, the sum of the shares of pairs that are equal.
  var agreement = 0.0
  /// Over the same units, Σ (number of ordered pairs that differ)/(m − 1): the coincidences off the
  /// diagonal.
  var unequal = 0.0
  /// Over all units, the sum of the share of each value among the unit's.
  var shares: [Double]
  /// How often each value occurs in units with two values or more.
  var pairedCounts: [Int]

  init(categories: Int) {
    shares = [Double](repeating: 0, count: categories)
    pairedCounts = [Int](repeating: 0, count: categories)
  }

  /// The mean over units of the share of pairs that are equal; `nil` without pairs.
  var observedAgreement: Double? {
    pairedUnits > 0 ? agreement / Double(pairedUnits) : nil
  }
}
