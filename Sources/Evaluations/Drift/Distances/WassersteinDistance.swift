public import PreferenceData

/// How far numbers have to be moved, on average, to make one sample of another: W₁ = ∫|F − G|.
///
/// - SeeAlso: S. S. Vallender, Calculation of the Wasserstein Distance Between Probability
///   Distributions on the Line, Theory of Probability and Its Applications 18 (1974).
public struct WassersteinDistance: Sendable, Hashable {
  /// W₁, in the unit of the numbers.
  public let value: Double
  /// W₁ divided by the deviation of the reference, by n; `nil` where that is 0.
  public let normalized: Double?
  /// All numbers, ascending.
  private let values: [Double]
  /// The place of each row among them.
  private let places: [Int]
  private let referenceCount: Int

  /// Compares two samples.
  ///
  /// The result is `nil` where a sample has no numbers.
  ///
  /// - Parameters:
  ///   - reference: Finite numbers.
  ///   - current: Finite numbers.
  public init?(reference: [Double], current: [Double]) {
    requireFinite(reference, "numbers of the reference")
    requireFinite(current, "current numbers")
    guard !reference.isEmpty && !current.isEmpty else { return nil }
    let rows = reference + current
    let ascending = rows.indices.sorted { (rows[$0], $0) < (rows[$1], $1) }
    var places = [Int](repeating: 0, count: rows.count)
    for (place, row) in ascending.enumerated() { places[row] = place }
    values = ascending.map { rows[$0] }
    self.places = places
    referenceCount = reference.count
    value = Self.distance(values, ofPlaces: places[..<reference.count])
    let deviation = MeanVariance(reference).deviation(.population) ?? 0
    normalized = deviation > 0 ? value / deviation : nil
  }

  /// The probability of at least this distance without drift, by exchange of rows.
  ///
  /// - Parameters:
  ///   - rounds: How often rows are exchanged.
  ///   - random: The source of the exchanges; it is advanced.
  /// - Returns: From 1/(rounds + 1) to 1.
  public func pValue(rounds: Int = 999, using random: inout SeededGenerator) -> Double {
    PermutationTest(rounds: rounds).pValue(
      reference: referenceCount, current: values.count - referenceCount, using: &random
    ) { order in
      Self.distance(values, ofPlaces: order.prefix(referenceCount).map { places[$0] })
    }
  }

  /// Σ|F − G|·(x₍ₖ₊₁₎ − x₍ₖ₎) where the reference has the given places among all values.
  private static func distance(_ values: [Double], ofPlaces places: some Collection<Int>) -> Double
  {
    let steps = (1 / Double(places.count), 1 / Double(values.count - places.count))
    var isReference = [Bool](repeating: false, count: values.count)
    for place in places { isReference[place] = true }
    var (gap, sum) = (0.0, 0.0)
    for place in 0..<(values.count - 1) {
      gap += isReference[place] ? steps.0 : -steps.1
      sum += abs(gap) * (values[place + 1] - values[place])
    }
    return sum
  }
}
