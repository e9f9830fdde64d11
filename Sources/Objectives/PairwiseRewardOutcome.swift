/// What ``PairwiseRewardLoss`` says about a batch of pairs.
///
/// All arrays have one entry a pair, so that a caller may average over micro-batches of any size.
public struct PairwiseRewardOutcome: Equatable, Sendable {
  /// The part of each pair's loss that compares its scores, its weight included.
  public let comparisonValues: [Double]
  /// The part that holds the scores around 0, its weight included.
  public let centeringValues: [Double]
  /// The gradient of the sum of ``values`` by the scores.
  public let gradient: PairGradient
  /// The score of each chosen completion.
  public let chosenScores: [Double]
  /// The score of each rejected completion.
  public let rejectedScores: [Double]

  /// The loss of each pair: the sum of its two parts.
  public var values: [Double] { zip(comparisonValues, centeringValues).map { $0 + $1 } }

  /// Chosen score − rejected score of each pair: positive when the model agrees with the judge.
  public var scoreMargins: [Double] { zip(chosenScores, rejectedScores).map { $0 - $1 } }

  /// 1 for each pair whose chosen score is strictly higher, else 0: a tie is not agreement.
  public var accuracies: [Double] { zip(chosenScores, rejectedScores).map { $0 > $1 ? 1 : 0 } }

  /// The mean of the two scores of each pair; averaged over pairs, the mean over all completions.
  public var meanScores: [Double] { zip(chosenScores, rejectedScores).map { ($0 + $1) / 2 } }
}
