/// Cohen's κ: agreement of two annotators beyond that of two who answer at random, each with his own
/// habits.
///
///     κ = 1 − Σ w_ij·p_ij / Σ w_ij·p_i·p_j
///
/// with p_ij the share of items that are i to the first and j to the second, and p_i, p_j the shares of
/// each alone. With the weights w_ij = 1 for i ≠ j this is (P_o − P_e)/(1 − P_e).
///
/// - SeeAlso: Jacob Cohen, A Coefficient of Agreement for Nominal Scales, Educational and Psychological
///   Measurement 20 (1960), and Weighted Kappa, Psychological Bulletin 70 (1968).
public struct CohenKappa: Sendable, Hashable {
  /// What a difference weighs. Only proportions matter: the divisor K − 1 of textbooks cancels.
  public enum Weights: String, Sendable, Hashable, Codable, CaseIterable {
    /// 1 for every difference: plain κ.
    case equal
    /// |i − j|.
    case linear
    /// (i − j)².
    case quadratic
  }

  /// κ; `nil` without items, and where both always say one and the same, so that chance agrees too.
  public let value: Double?
  /// The items that both judged.
  public let items: Int
  /// P_o: the share of items that are the same to both; `nil` without items.
  public let observedAgreement: Double?
  /// P_e: the share that would be by chance; `nil` without items.
  public let expectedAgreement: Double?

  /// Measures two annotators.
  ///
  /// - Parameters:
  ///   - first: What the first said of each item, finite.
  ///   - second: What the second said of the same items in the same order.
  ///   - weights: What a difference weighs.
  public init(_ first: [Double], _ second: [Double], weights: Weights = .equal) {
    requireSameCount(first.count, second.count, "values of two annotators")
    requireFinite(first + second, "values")
    let scale = Set(first + second).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(scale, scale.indices))
    var plain = KappaTable(scale: scale, weights: .equal)
    var weighted = KappaTable(scale: scale, weights: weights)
    for case let (first?, second?) in zip(first.map { places[$0] }, second.map { places[$0] }) {
      plain.add(first, second)
      weighted.add(first, second)
    }
    value = weighted.kappa
    items = first.count
    observedAgreement = first.isEmpty ? nil : 1 - plain.observed
    expectedAgreement = first.isEmpty ? nil : 1 - plain.expected
  }
}
