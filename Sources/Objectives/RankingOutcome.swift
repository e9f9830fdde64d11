/// What ``RankingLoss`` says about a batch of rankings; all arrays have one entry a ranking.
public struct RankingOutcome: Equatable, Sendable {
  /// The part of each ranking's loss that compares its scores, its weight included.
  public let comparisonValues: [Double]
  /// The part that holds the scores around 0, its weight included.
  public let centeringValues: [Double]
  /// The gradient of the sum of ``values`` by the scores of each ranking's completions.
  public let gradient: [[Double]]
  /// In how many pairs of each ranking, ties left out, the better completion scores strictly higher.
  public let agreements: [Int]
  /// How many pairs of each ranking are no ties.
  public let comparisons: [Int]

  /// The loss of each ranking: the sum of its two parts.
  public var values: [Double] { zip(comparisonValues, centeringValues).map { $0 + $1 } }
}
