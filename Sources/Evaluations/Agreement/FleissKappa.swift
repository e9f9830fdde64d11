/// Fleiss' κ: agreement of several annotators beyond chance, where every item has the same number of
/// values, from whomever.
///
///     P_i = (Σ_j n_ij² − n)/(n(n − 1))    p_j = Σ_i n_ij/(N·n)    κ = (P̄ − Σ p_j²)/(1 − Σ p_j²)
///
/// with n_ij of the n values of item i equal to j.
///
/// - SeeAlso: Joseph L. Fleiss, Measuring Nominal Scale Agreement among Many Raters, Psychological
///   Bulletin 76 (1971).
public struct FleissKappa: Sendable, Hashable {
  /// Why there is no κ.
  public enum Undefined: Sendable, Hashable {
    /// There is no item.
    case noItems
    /// Items differ in their number of values; Krippendorff's α takes them as they are.
    case unequalCounts(fewest: Int, most: Int)
    /// Every item has one value.
    case singleValues
    /// All values are equal: chance agrees as well.
    case oneCategory
  }

  /// κ, or why there is none.
  public enum Outcome: Sendable, Hashable {
    /// κ.
    case value(Double)
    /// There is none.
    case undefined(Undefined)
  }

  /// κ, or why there is none.
  public let outcome: Outcome
  /// P̄; `nil` unless every item has the same number of values, two at least.
  public let observedAgreement: Double?
  /// Σ p_j²; `nil` where ``observedAgreement`` is.
  public let expectedAgreement: Double?

  /// Measures a table of counts.
  ///
  /// - Parameter counts: n_ij: for each item how many gave it each value; rows of one length.
  public init(counts: [[Int]]) {
    let categories = counts.first?.count ?? 0
    precondition(counts.allSatisfy { $0.count == categories }, "rows differ in their length")
    precondition(counts.joined().allSatisfy { $0 >= 0 }, "counts are from 0")
    let units = counts.map { row in
      row.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
    }
    self.init(UnitTallies(units: units, categories: categories))
  }

  /// Measures ratings.
  ///
  /// - Parameter ratings: Values are equal or not.
  public init(_ ratings: Ratings) { self.init(UnitTallies(ratings)) }

  private init(_ tallies: UnitTallies) {
    self.init(tallies.totals(of: tallies.units), sizes: tallies.units.map(tallies.size))
  }

  /// κ from sums over units.
  ///
  /// - Parameters:
  ///   - totals: The sums.
  ///   - sizes: How many values the units have; where units were drawn, those of all.
  init(_ totals: AgreementTotals, sizes: [Int]) {
    if let refusal = Undefined(sizes: sizes) {
      (outcome, observedAgreement, expectedAgreement) = (.undefined(refusal), nil, nil)
      return
    }
    let all = Double(totals.pairedCounts.reduce(0, +))
    observedAgreement = totals.observedAgreement
    let expected = totals.pairedCounts.reduce(0) { $0 + Double($1) * Double($1) } / (all * all)
    expectedAgreement = expected
    let isOneCategory = totals.pairedCounts.count { $0 > 0 } < 2
    if let observed = observedAgreement, !isOneCategory {
      outcome = .value((observed - expected) / (1 - expected))
    } else {
      outcome = .undefined(.oneCategory)
    }
  }

  /// κ; `nil` where there is none.
  public var value: Double? {
    if case .value(let value) = outcome { return value }
    return nil
  }
}

extension FleissKappa.Undefined: CustomStringConvertible {
  /// Why, as the end of a sentence.
  public var description: String {
    switch self {
    case .noItems: "there are no items"
    case .unequalCounts(let fewest, let most):
      "items have from \(fewest) to \(most) values, and it needs as many for each"
    case .singleValues: "every item has one value"
    case .oneCategory: "all values are equal"
    }
  }

  /// What stands against κ in how many values items have; `nil` where nothing does.
  fileprivate init?(sizes: [Int]) {
    guard let fewest = sizes.min(), let most = sizes.max() else {
      self = .noItems
      return
    }
    if fewest < most {
      self = .unequalCounts(fewest: fewest, most: most)
    } else if most < 2 {
      self = .singleValues
    } else {
      return nil
    }
  }
}
