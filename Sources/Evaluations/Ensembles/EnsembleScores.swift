/// The scores that the members of an ensemble give to the same completions.
///
/// Members are trained apart and differ in scale. Normalize them before taking a minimum or a
/// variance, or the member with the widest scores decides alone.
public struct EnsembleScores: Sendable, Hashable {
  /// Scores by member and completion. Shape `[members][completions]`.
  public let members: [[Double]]

  /// Scores of an ensemble.
  ///
  /// - Parameter members: Scores by member and completion, of at least one member; finite.
  public init(members: [[Double]]) {
    precondition(!members.isEmpty, "an ensemble without members")
    for scores in members {
      requireSameCount(scores.count, members[0].count, "scores of two members")
      requireFinite(scores, "scores")
    }
    self.members = members
  }

  /// How many completions were scored.
  public var count: Int { members[0].count }

  /// The scores of each member in its own deviations from its own mean.
  ///
  /// - Parameter normalizations: One a member, from scores of a common reference set.
  /// - Returns: Scores that can be compared across members.
  public func normalized(by normalizations: [ScoreNormalization]) -> EnsembleScores {
    requireSameCount(normalizations.count, members.count, "normalizations and members")
    return EnsembleScores(members: zip(members, normalizations).map { $1.normalize($0) })
  }

  /// One score a completion.
  ///
  /// - Parameter aggregation: How the members' scores become one.
  /// - Returns: Scores in the order of the completions.
  public func combined(_ aggregation: EnsembleAggregation) -> [Double] {
    (0..<count).map { aggregation.combine(scores(of: $0)) }
  }

  /// The variance of the members' scores of each completion: what they disagree on is what none of
  /// them has seen.
  ///
  /// - Parameter estimator: By the number of members, or by one less.
  /// - Returns: One variance a completion; `nil` for the sample variance of a single member.
  public func variances(_ estimator: VarianceEstimator = .population) -> [Double]? {
    guard estimator == .population || members.count > 1 else { return nil }
    return (0..<count).compactMap { MeanVariance(scores(of: $0)).variance(estimator) }
  }

  private func scores(of completion: Int) -> [Double] { members.map { $0[completion] } }
}
