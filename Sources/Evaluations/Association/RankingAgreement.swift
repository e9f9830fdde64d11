/// How a model's scores order the completions of K-way rankings, ranking by ranking.
public struct RankingAgreement: Sendable, Hashable {
  /// One τ a ranking.
  public let taus: [KendallTau]

  /// Compares scores with ranks.
  ///
  /// - Parameter rankings: For each prompt the scores of its completions, and how good its judge
  ///   found them: greater is better, equal is a tie.
  public init(_ rankings: [(scores: [Double], judgments: [Double])]) {
    taus = rankings.map { KendallTau($0.scores, $0.judgments) }
  }

  /// The mean τ-a over rankings of at least two completions; `nil` where there are none.
  public var meanA: Double? { MeanVariance(taus.lazy.compactMap(\.a)).mean }

  /// The mean τ-b over rankings in which it is defined; `nil` where there are none.
  public var meanB: Double? { MeanVariance(taus.lazy.compactMap(\.b)).mean }

  /// Rankings whose τ-b is undefined, since all scores or all judgments are equal.
  public var undefinedB: Int { taus.count { $0.b == nil } }
}
