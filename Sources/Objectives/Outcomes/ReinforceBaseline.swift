/// What REINFORCE subtracts from the reward of a completion: Williams (1992).
///
/// Any number that does not depend on the completion leaves the expected gradient as it is, and one
/// near the mean reward takes most of its variance.
///
///     var baseline = ReinforceBaseline(.running(decay: 0.9))
///     baseline.advantages(of: [1, 3])  // [-1, 1]: the first batch is its own baseline, 2
///     baseline.advantages(of: [3, 5])  // [1, 3]: against 2
///     baseline.value                   // (0.9 · 2 + 4) / 1.9
public struct ReinforceBaseline: Equatable, Codable, Sendable {
  /// Where the baseline comes from.
  public enum Kind: Equatable, Codable, Sendable {
    /// The batch itself: ``Whitening`` of its rewards, to a mean of 0 and a deviation of 1.
    case batchNormalized
    /// The mean rewards of earlier batches, each weighing `decay` times as much as the one after it.
    ///
    /// The batch at hand enters afterwards, so that no completion is its own baseline; only in the
    /// first batch, when nothing is known yet, it is that of the batch.
    case running(decay: Double)
  }

  /// Where the baseline comes from.
  public let kind: Kind
  /// The running mean so far; `nil` before the first reward and for ``Kind/batchNormalized``.
  public private(set) var value: Double?
  /// Σ decayᵏ over the batches so far, by which their weighted sum is divided.
  private var weight = 0.0

  /// A baseline before the first batch.
  ///
  /// - Parameter kind: Where the baseline comes from; a decay is from 0 to 1.
  public init(_ kind: Kind) {
    if case .running(let decay) = kind {
      precondition((0...1).contains(decay), "the decay is \(decay), but must be from 0 to 1")
    }
    self.kind = kind
  }

  /// The advantages of a batch, which then becomes part of a running baseline.
  ///
  /// - Parameter rewards: The reward of each completion, `nil` where there is none.
  /// - Returns: One advantage a completion; 0 for one without a reward.
  public mutating func advantages(of rewards: [Double?]) -> [Double] {
    let known = rewards.compactMap(\.self)
    switch kind {
    case .batchNormalized:
      var whitened = Whitening(mean: .removed).evaluate(known).makeIterator()
      return rewards.map { $0 == nil ? 0 : whitened.next() ?? 0 }
    case .running(let decay):
      let mean = Moments(known).mean
      let baseline = value ?? mean
      if !known.isEmpty {
        weight = decay * weight + 1
        value = baseline + (mean - baseline) / weight
      }
      return rewards.map { $0.map { $0 - baseline } ?? 0 }
    }
  }
}
