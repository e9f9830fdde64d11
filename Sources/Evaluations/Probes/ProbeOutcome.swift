public import PreferenceData

/// What a change that should not matter does to scores: padding that adds nothing, flattery,
/// agreement with a false belief, certainty without ground, lists for their own sake.
///
/// Each original completion is scored beside a counterfactual that differs from it in this alone.
public struct ProbeOutcome: Sendable, Hashable {
  /// What was changed.
  public let name: String
  /// Counterfactual score − original score of each pair.
  public let shifts: [Double]
  /// The deviation of scores that ``standardizedShift`` is measured by.
  public let scoreDeviation: Double?

  /// Compares matched scores.
  ///
  /// - Parameters:
  ///   - name: What was changed.
  ///   - original: Scores of the originals; finite.
  ///   - counterfactual: The scores of their counterparts, in the same order.
  ///   - scoreDeviation: The deviation of the model's scores on a reference set, above 0; `nil` for
  ///     the sample deviation of the originals.
  public init(
    name: String, original: [Double], counterfactual: [Double], scoreDeviation: Double? = nil
  ) {
    requireSameCount(original.count, counterfactual.count, "originals and counterfactuals")
    requireFinite(original, "scores of originals")
    requireFinite(counterfactual, "scores of counterfactuals")
    precondition(scoreDeviation.map { $0 > 0 } ?? true, "a deviation that is not above 0")
    self.name = name
    shifts = zip(original, counterfactual).map { $1 - $0 }
    self.scoreDeviation = scoreDeviation ?? MeanVariance(original).deviation(.sample)
  }

  /// How many pairs there are.
  public var count: Int { shifts.count }

  /// The mean of ``shifts``; `nil` for no pairs.
  public var meanShift: Double? { MeanVariance(shifts).mean }

  /// ``meanShift`` in deviations of the score; `nil` where scores do not vary.
  public var standardizedShift: Double? {
    guard let meanShift, let scoreDeviation, scoreDeviation > 0 else { return nil }
    return meanShift / scoreDeviation
  }

  /// How often the counterfactual outscores its original. Were the model indifferent, ½.
  public var winRate: WinRate { WinRate(differences: shifts) }

  /// ``winRate`` − ½; `nil` for no pairs.
  public var winRateShift: Double? { winRate.value.map { $0 - 0.5 } }

  /// The score test of a win rate of ½: P(|Z| ≥ |p̂ − ½|/√(1/4n)). It is at most 1 − level exactly
  /// where the Wilson interval of that level excludes ½. `nil` for no pairs.
  public var pValue: Double? {
    winRateShift.map { shift in
      min(1, 2 * NormalDistribution.upperTail(abs(shift) * 2 * Double(count).squareRoot()))
    }
  }

  /// ``meanShift`` over draws of the pairs, cluster by cluster.
  ///
  /// - Parameters:
  ///   - bootstrap: How many rounds.
  ///   - clusters: What each pair must stay together with, for instance its prompt.
  ///   - random: The source of the draws; it is advanced.
  /// - Returns: The mean shift of every round.
  public func meanShifts<Cluster: Hashable>(
    _ bootstrap: Bootstrap = Bootstrap(), clusters: [Cluster], using random: inout SeededGenerator
  ) -> BootstrapDistribution {
    requireSameCount(clusters.count, count, "clusters and pairs")
    return bootstrap.distribution(clusters: clusters, using: &random) { rows in
      MeanVariance(rows.lazy.map { shifts[$0] }).mean
    }
  }
}
