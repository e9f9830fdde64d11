public import PreferenceData

/// Whether two samples come from one source: were it so, their rows could be exchanged, and a
/// statistic of the samples as they are would be one among those of samples drawn from all rows.
///
/// With R random exchanges of which k give at least the statistic seen, p = (k + 1)/(R + 1), which is
/// never 0 and keeps any level exactly, for samples of any size and law. The rows of a sample must be
/// independent: of several rows of one conversation, give their mean.
///
/// - SeeAlso: Belinda Phipson and Gordon K. Smyth, Permutation P-values Should Never Be Zero,
///   Statistical Applications in Genetics and Molecular Biology 9 (2010).
public struct PermutationTest: Sendable, Hashable {
  /// How often rows are exchanged.
  public let rounds: Int

  /// A test with a number of rounds.
  ///
  /// - Parameter rounds: At least 1; the least p is 1/(rounds + 1).
  public init(rounds: Int = 999) {
    precondition(rounds > 0, "a permutation test needs a round")
    self.rounds = rounds
  }

  /// The probability of at least the statistic seen.
  ///
  /// - Parameters:
  ///   - reference: How many rows the reference has.
  ///   - current: How many rows the current sample has.
  ///   - random: The source of the exchanges; it is advanced.
  ///   - statistic: Great where the samples differ. It takes the numbers of all rows, those of the
  ///     reference before those of the current sample, in an order of which the first `reference`
  ///     are to be taken for the reference.
  /// - Returns: From 1/(rounds + 1) to 1.
  /// - Throws: What the statistic throws.
  public func pValue<Failure: Error>(
    reference: Int, current: Int, using random: inout SeededGenerator,
    of statistic: ([Int]) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    let count = reference + current
    let seen = try statistic(Array(0..<count))
    // The same samples in another order give the same statistic but for rounding.
    let limit = seen - 1e-9 * abs(seen)
    var reached = 1
    for _ in 0..<rounds where try statistic(random.permutation(of: count)) >= limit { reached += 1 }
    return Double(reached) / Double(rounds + 1)
  }
}
