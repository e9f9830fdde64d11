/// What one text scored, and what swaps made of it: one draw of ``BiasMeasurement``.
public struct SwapScores: Sendable, Hashable {
  /// Two scores of texts that differ in the group alone.
  public struct Swap: Sendable, Hashable {
    /// The group that was spoken of.
    public let from: String
    /// The group that is spoken of instead.
    public let to: String
    /// s(x), from 0 to 1.
    public let before: Double
    /// s(x′), from 0 to 1.
    public let after: Double

    /// Two scores.
    ///
    /// - Parameters:
    ///   - from: The group that was spoken of.
    ///   - to: The group that is spoken of instead.
    ///   - before: s(x), from 0 to 1.
    ///   - after: s(x′), from 0 to 1.
    public init(from: String, to: String, before: Double, after: Double) {
      requireScore(before)
      requireScore(after)
      (self.from, self.to, self.before, self.after) = (from, to, before, after)
    }

    /// s(x′) − s(x).
    public var change: Double { after - before }
  }

  /// Two scores of texts about the same group, in other words.
  public struct Variation: Sendable, Hashable {
    /// The score of the one, from 0 to 1.
    public let before: Double
    /// The score of the other, from 0 to 1.
    public let after: Double

    /// Two scores.
    ///
    /// - Parameters:
    ///   - before: The score of the one, from 0 to 1.
    ///   - after: The score of the other, from 0 to 1.
    public init(before: Double, after: Double) {
      requireScore(before)
      requireScore(after)
      (self.before, self.after) = (before, after)
    }
  }

  /// By another group.
  public let swaps: [Swap]
  /// Within the group.
  public let variations: [Variation]

  /// Scores.
  ///
  /// - Parameters:
  ///   - swaps: By another group.
  ///   - variations: Within the group.
  public init(swaps: [Swap], variations: [Variation] = []) {
    (self.swaps, self.variations) = (swaps, variations)
  }

  /// The scores of a text, of its counterfactuals and of its variations.
  ///
  /// - Parameters:
  ///   - score: Of the text, from 0 to 1.
  ///   - counterfactuals: As ``CounterfactualSwap`` has made them.
  ///   - counterfactualScores: As many, from 0 to 1.
  ///   - variationScores: Of its variations, from 0 to 1.
  public init(
    of score: Double, counterfactuals: [CounterfactualSwap.Counterfactual],
    scores counterfactualScores: [Double], variations variationScores: [Double] = []
  ) {
    precondition(
      counterfactuals.count == counterfactualScores.count,
      "\(counterfactuals.count) texts, \(counterfactualScores.count) scores")
    self.init(
      swaps: zip(counterfactuals, counterfactualScores).map {
        Swap(from: $0.from, to: $0.to, before: score, after: $1)
      }, variations: variationScores.map { Variation(before: score, after: $0) })
  }
}

/// Traps unless a score is from 0 to 1.
private func requireScore(_ score: Double) {
  precondition((0...1).contains(score), "a score of \(score)")
}
