/// What ``DPOLoss`` says about a batch of pairs.
///
/// All arrays have one entry a pair and nothing is averaged, so that a caller may put together
/// micro-batches of any size and divide once, by the counts of the whole optimizer batch.
public struct DPOOutcome: Equatable, Sendable {
  /// The loss of each pair, its weight included.
  public let values: [Double]
  /// The gradient of the sum of ``values`` by the policy's summed log probabilities.
  public let gradient: PairGradient
  /// The gradient of the sum of ``values`` by ``PreferenceBatch/chosenLikelihoods``.
  ///
  /// `nil` when the batch had none: then the likelihood is a function of the policy's sums, and
  /// ``gradient`` has all of it.
  public let likelihoodGradient: [Double]?
  /// The implicit reward of each chosen completion: `rewards/chosen`.
  ///
  /// It is β(log π − log π_ref) when the loss needs a reference, whatever its divergence, else
  /// β log π; with `simpo` and `orpo` log π is averaged over the completion's tokens, as they have it.
  public let chosenRewards: [Double]
  /// The implicit reward of each rejected completion: `rewards/rejected`.
  public let rejectedRewards: [Double]

  /// Chosen − rejected implicit reward of each pair, positive when the policy has learned the
  /// preference: `rewards/margins`. It is summed over tokens in every variant with a reference, ipo
  /// included.
  public var rewardMargins: [Double] { zip(chosenRewards, rejectedRewards).map { $0 - $1 } }

  /// 1 for each pair whose chosen reward is strictly higher, else 0: `rewards/accuracies`.
  ///
  /// At the first step policy and reference agree, all margins are 0, and so is the accuracy.
  public var rewardAccuracies: [Double] {
    zip(chosenRewards, rejectedRewards).map { $0 > $1 ? 1 : 0 }
  }
}
