/// How often a reward model scores the chosen completion above the rejected one.
///
/// Equal scores are wrong, as in RewardBench: a model that gives every completion the same score
/// has learnt nothing. They are counted, for a model that ties often is a different problem from
/// one that errs often.
public struct PairwiseAccuracy: Sendable, Hashable {
  /// Pairs with margin > 0.
  public let correct: Int
  /// Pairs with margin 0.
  public let ties: Int
  /// All pairs.
  public let count: Int

  /// Counts the signs of margins.
  ///
  /// - Parameter margins: Chosen score − rejected score of each pair; finite.
  public init(margins: [Double]) {
    self.init(margins: margins[...])
  }

  init(margins: some Sequence<Double>) {
    var (correct, ties, count) = (0, 0, 0)
    for margin in margins {
      requireFinite(CollectionOfOne(margin), "margins")
      count += 1
      if margin > 0 { correct += 1 } else if margin == 0 { ties += 1 }
    }
    (self.correct, self.ties, self.count) = (correct, ties, count)
  }

  /// correct/n; `nil` for no pairs.
  public var value: Double? { Proportion(successes: Double(correct), count: count).value }

  /// The Wilson interval of ``value``, for independent pairs; where several pairs share a prompt,
  /// use ``Bootstrap`` with prompts as clusters.
  ///
  /// - Parameter level: Above 0 and below 1.
  /// - Returns: `nil` for no pairs.
  public func interval(level: Double = 0.95) -> ConfidenceInterval? {
    Proportion(successes: Double(correct), count: count).interval(level: level)
  }

  /// (correct + ties/2)/n, as RewardBench 2 gives one part in k to k completions that share the
  /// top: what a fair coin would make of the ties. `nil` for no pairs.
  public var valueWithTieCredit: Double? {
    WinRate(wins: correct, ties: ties, losses: count - correct - ties).value
  }
}
