/// How often two annotators say the same of one item.
///
/// For two annotators it is matches by items; for more, the mean over items with two values or more of
/// the share of pairs that match,
///
///     Σ_k n_ik(n_ik − 1)/(n_i(n_i − 1))
///
/// with n_ik of the n_i values of item i equal to k. It makes no allowance for chance: two who say
/// “safe” 95 times in 100 agree in 90.5 % without looking.
public struct PercentAgreement: Sendable, Hashable {
  /// The share, from 0 to 1; `nil` where no item has two values.
  public let value: Double?
  /// The items with two values or more.
  public let items: Int

  /// Measures ratings.
  ///
  /// - Parameter ratings: Any number of annotators.
  public init(_ ratings: Ratings) {
    let tallies = UnitTallies(ratings)
    self.init(tallies.totals(of: tallies.units))
  }

  init(_ totals: AgreementTotals) {
    value = totals.observedAgreement
    items = totals.pairedUnits
  }
}
