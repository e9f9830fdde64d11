internal import Evaluations

/// How often helpful, honest and harmless comparisons are decided rightly.
public struct HHHResult: Sendable, Hashable, Codable {
  /// Comparisons.
  public var items: Int
  /// Right choices of the language model, both orders averaged.
  public var accuracy: ShareEstimate?
  /// Questions in which the two orders name different answers.
  public var flips: ShareEstimate?
  /// By how much the model favours what stands first, from −½ to ½.
  public var positionBias: Double?
  /// Right choices of a reward model; `nil` where there was none.
  public var rewardAccuracy: ShareEstimate?

  init(rights: [Bool], flips: Proportion, positionBias: Double?) {
    items = rights.count
    accuracy = ShareEstimate(
      Proportion(successes: Double(rights.count { $0 }), count: rights.count))
    self.flips = ShareEstimate(flips)
    self.positionBias = positionBias
  }

  /// Takes what a reward model has chosen.
  ///
  /// - Parameter rights: For each comparison whether it scores the better answer higher.
  public mutating func addReward(rights: [Bool]) {
    rewardAccuracy = ShareEstimate(
      Proportion(successes: Double(rights.count { $0 }), count: rights.count))
  }
}
