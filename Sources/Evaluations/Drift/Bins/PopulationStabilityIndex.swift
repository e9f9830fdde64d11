public import PreferenceData

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far the shares of bins have moved from those of a reference, Σ(c − r)·ln(c/r): the sum of both
/// Kullback–Leibler divergences, in nats.
///
/// Without any drift it is not 0 but about (B − 1)(1/n + 1/m) for B bins and samples of n and m rows,
/// 0.09 for ten bins and 200 rows each, where it exceeds the customary 0.1 in 37 % of cases. So a
/// ``Severity`` asks for significance too.
///
///     let index = PopulationStabilityIndex(reference: [25, 25, 25, 25], current: [40, 30, 20, 10])
///     index?.value   // 0.2282
///
/// A bin that is empty on one side would make the index infinite: where there is one, half a row is
/// added to every bin of both sides. Bins that are empty on both are left out.
///
/// - SeeAlso: Bilal Yurdakul, Statistical Properties of Population Stability Index, Western Michigan
///   University (2018), for its law without drift.
public struct PopulationStabilityIndex: Sendable, Hashable {
  /// How much a drift matters, by the cut-offs that are customary.
  public enum Severity: String, Sendable, Hashable, Codable {
    /// Below 0.1, or not significant.
    case none
    /// At least 0.1, and significant.
    case moderate
    /// At least 0.25, and significant.
    case significant
  }

  /// Σ(c − r)·ln(c/r), at least 0.
  public let value: Double
  /// How many rows of the reference each bin holds that is not empty on both sides.
  public let reference: [Int]
  /// How many current rows those bins hold.
  public let current: [Int]

  /// Compares counts.
  ///
  /// The result is `nil` where a side has no rows.
  ///
  /// - Parameters:
  ///   - reference: How many rows of the reference each bin or category holds.
  ///   - current: How many current rows each of the same bins holds.
  public init?(reference: [Int], current: [Int]) {
    requireSameCount(reference.count, current.count, "bins of the reference and current bins")
    precondition((reference + current).allSatisfy { $0 >= 0 }, "counts are at least 0")
    guard reference.contains(where: { $0 > 0 }), current.contains(where: { $0 > 0 }) else {
      return nil
    }
    let bins = zip(reference, current).filter { $0.0 + $0.1 > 0 }
    self.reference = bins.map(\.0)
    self.current = bins.map(\.1)
    value = Self.value(self.reference, self.current)
  }

  /// Compares numbers by bins at the quantiles of the reference.
  ///
  /// The result is `nil` where all numbers of the reference are equal, or a side has none.
  ///
  /// - Parameters:
  ///   - referenceValues: Finite numbers.
  ///   - currentValues: Finite numbers.
  ///   - bins: How many bins; fewer come of numbers with many ties.
  public init?(referenceValues: [Double], currentValues: [Double], bins: Int = 10) {
    guard let bins = QuantileBins(reference: referenceValues, count: bins) else { return nil }
    self.init(reference: bins.counts(of: referenceValues), current: bins.counts(of: currentValues))
  }

  /// The index that has the given probability of not being exceeded without drift, χ²_{B−1}·(1/n +
  /// 1/m); 0 for a single bin.
  ///
  /// - Parameter probability: From 0 to below 1.
  /// - Returns: At least 0.
  public func nullQuantile(_ probability: Double = 0.95) -> Double {
    law.map { $0.quantile(probability) * scale } ?? 0
  }

  /// The probability of at least this index without drift, by χ²_{B−1}; 1 for a single bin.
  ///
  /// It is good where each bin expects 20 rows or more: at 10, 8 % of cases without drift are below
  /// 0.05. See ``permutationPValue(rounds:using:)`` for fewer.
  public var pValue: Double { law.map { $0.upperTail(value / scale) } ?? 1 }

  /// The probability of at least this index without drift, by exchange of rows; exact for any counts.
  /// Bins are taken as given, also where they are quantiles of the reference, with which it is a
  /// little conservative.
  ///
  /// - Parameters:
  ///   - rounds: How often rows are exchanged.
  ///   - random: The source of the exchanges; it is advanced.
  /// - Returns: From 1/(rounds + 1) to 1.
  public func permutationPValue(rounds: Int = 999, using random: inout SeededGenerator) -> Double {
    let totals = zip(reference, current).map { $0 + $1 }
    let bins = Self.rows(reference) + Self.rows(current)
    let count = reference.reduce(0, +)
    return PermutationTest(rounds: rounds).pValue(
      reference: count, current: bins.count - count, using: &random
    ) { order in
      var drawn = [Int](repeating: 0, count: totals.count)
      for row in order.prefix(count) { drawn[bins[row]] += 1 }
      return Self.value(drawn, zip(totals, drawn).map { $0 - $1 })
    }
  }

  /// How much the drift matters.
  ///
  /// - Parameters:
  ///   - pValue: The probability of at least this index without drift, as either test has it or
  ///     corrected for other tests.
  ///   - level: The greatest probability that is significant.
  /// - Returns: ``Severity/none`` where the index is not significant, however great it is.
  public func severity(pValue: Double, level: Double = 0.05) -> Severity {
    guard pValue <= level, value >= 0.1 else { return .none }
    return value >= 0.25 ? .significant : .moderate
  }

  /// Of the index divided by ``scale``, without drift.
  private var law: ChiSquareDistribution? {
    reference.count > 1 ? ChiSquareDistribution(degreesOfFreedom: reference.count - 1) : nil
  }

  /// 1/n + 1/m.
  private var scale: Double {
    1 / Double(reference.reduce(0, +)) + 1 / Double(current.reduce(0, +))
  }

  /// The bin of each row.
  private static func rows(_ counts: [Int]) -> [Int] {
    counts.enumerated().flatMap { repeatElement($0.offset, count: $0.element) }
  }

  private static func value(_ reference: [Int], _ current: [Int]) -> Double {
    let added = zip(reference, current).contains { $0 == 0 || $1 == 0 } ? 0.5 : 0
    let rows = added * Double(reference.count)
    let (first, second) = (
      Double(reference.reduce(0, +)) + rows, Double(current.reduce(0, +)) + rows
    )
    return zip(reference, current).reduce(0) { sum, bin in
      let (r, c) = ((Double(bin.0) + added) / first, (Double(bin.1) + added) / second)
      return sum + (c - r) * log(c / r)
    }
  }
}
