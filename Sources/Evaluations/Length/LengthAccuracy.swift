/// Accuracy split by which completion is longer: a model that likes length is right where the
/// chosen one is longer and wrong where it is shorter.
public struct LengthAccuracy: Sendable, Hashable {
  /// Pairs whose chosen completion is longer.
  public let chosenLonger: PairwiseAccuracy
  /// Pairs whose chosen completion is shorter.
  public let chosenShorter: PairwiseAccuracy
  /// Pairs of equal length.
  public let equalLength: PairwiseAccuracy
  /// Pairs whose lengths differ by less than 10 % of the longer, equal ones included: there length
  /// helps little.
  public let lengthMatched: PairwiseAccuracy

  /// Splits.
  ///
  /// - Parameters:
  ///   - margins: Chosen score − rejected score of each pair.
  ///   - chosenLengths: The length of each chosen completion.
  ///   - rejectedLengths: The length of each rejected completion.
  public init(margins: [Double], chosenLengths: [Int], rejectedLengths: [Int]) {
    requireSameCount(margins.count, chosenLengths.count, "margins and chosen lengths")
    requireSameCount(margins.count, rejectedLengths.count, "margins and rejected lengths")
    func accuracy(where isMember: (_ chosen: Int, _ rejected: Int) -> Bool) -> PairwiseAccuracy {
      PairwiseAccuracy(
        margins: margins.indices.filter { isMember(chosenLengths[$0], rejectedLengths[$0]) }
          .map { margins[$0] })
    }
    chosenLonger = accuracy { $0 > $1 }
    chosenShorter = accuracy { $0 < $1 }
    equalLength = accuracy { $0 == $1 }
    lengthMatched = accuracy { $0 == $1 || 10 * abs($0 - $1) < max($0, $1) }
  }
}
