/// Gwet's AC1: agreement beyond chance, where chance is small if nearly everyone says the same.
///
/// On skewed labels κ can be near 0 while annotators nearly always agree: its chance is then nearly
/// the agreement itself. AC1 asks instead how often random answers would meet:
///
///     AC1 = (p_a − p_e)/(1 − p_e)        p_e = Σ_k π_k(1 − π_k)/(q − 1)
///
/// p_a is the percent agreement over items with two values or more, π_k the mean over all items of
/// the share of the item's values that are k, and q the number of values that occur. For two annotators
/// without missing values π_k is the mean of their marginal shares.
///
/// - SeeAlso: Kilem L. Gwet, Computing Inter-Rater Reliability and Its Variance in the Presence of High
///   Agreement, British Journal of Mathematical and Statistical Psychology 61 (2008); with missing
///   values: Handbook of Inter-Rater Reliability, 4th edition (2014), chapter 2.
public struct GwetAC1: Sendable, Hashable {
  /// AC1; `nil` where no item has two values, and where only one value occurs.
  public let value: Double?
  /// p_a; `nil` where no item has two values.
  public let observedAgreement: Double?
  /// p_e; `nil` where fewer than two values occur.
  public let expectedAgreement: Double?

  /// Measures ratings.
  ///
  /// - Parameter ratings: Any number of annotators; values are equal or not.
  public init(_ ratings: Ratings) {
    let tallies = UnitTallies(ratings)
    self.init(tallies.totals(of: tallies.units))
  }

  init(_ totals: AgreementTotals) {
    let categories = totals.shares.count
    let units = Double(totals.units)
    observedAgreement = totals.observedAgreement
    guard categories > 1, totals.units > 0 else {
      (expectedAgreement, value) = (nil, nil)
      return
    }
    let mixing = totals.shares.reduce(0) { $0 + $1 / units * (1 - $1 / units) }
    let expected = mixing / Double(categories - 1)
    expectedAgreement = expected
    value = totals.observedAgreement.map { ($0 - expected) / (1 - expected) }
  }
}
