internal import Evaluations
internal import PreferenceData

/// How scores order the completions of rankings.
public struct RankingResult: Sendable, Hashable, Codable {
  /// How many rankings.
  public var count: Int
  /// The mean of Kendall's τ-a; a tie is half right.
  public var tauA: Double
  /// The mean of τ-b over rankings in which it is defined.
  public var tauB: Double?
  /// The interval of ``tauA``, prompts drawn with replacement.
  public var lower: Double
  /// The interval's upper end.
  public var upper: Double

  init?(_ rows: [ScoredRow], using random: inout SeededGenerator) {
    let rankings = rows.filter { !$0.judged.isPair }
    let agreement = RankingAgreement(
      rankings.map { row in
        (scores: row.scores.map(\.value), judgments: row.judged.ranks.map { -Double($0) })
      })
    guard let mean = agreement.meanA else { return nil }
    let taus = agreement.taus.map(\.a)
    let rounds = Bootstrap().distribution(clusters: rankings.map(\.prompt), using: &random) {
      MeanVariance($0.compactMap { taus[$0] }).mean
    }
    guard let interval = rounds.interval() else { return nil }
    count = rankings.count
    tauA = mean
    tauB = agreement.meanB
    lower = interval.lower
    upper = interval.upper
  }
}

/// Whether the model orders completions as the gold scores in the rows do, whatever the judges said.
public struct GoldResult: Sendable, Hashable, Codable {
  /// The least difference of gold scores that counts as clear.
  public static let clearGap = 0.2

  /// The agreement on all comparisons whose gold scores differ.
  public var agreement: ShareEstimate
  /// The agreement where gold scores differ by ``clearGap`` at least.
  public var clearAgreement: ShareEstimate?
  /// How often the judges agree with gold.
  public var judges: ShareEstimate
  /// Pearson's r of score and gold over all completions.
  public var correlation: Double?

  init?(_ pairs: PairTable, rows: [ScoredRow]) {
    func agreement(least gap: Double) -> PairwiseAccuracy {
      PairwiseAccuracy(
        margins: zip(pairs.margins, pairs.goldGaps).compactMap { margin, gold in
          // Gaps come from decimal numbers: 0.2 may be a hair less.
          guard let gold, gold != 0, abs(gold) >= gap - 1e-9 else { return nil }
          return gold > 0 ? margin : -margin
        })
    }
    let judges = PairwiseAccuracy(margins: pairs.goldGaps.compactMap { $0 }.filter { $0 != 0 })
    guard let all = ShareEstimate(agreement(least: 0)), let judged = ShareEstimate(judges) else {
      return nil
    }
    self.agreement = all
    clearAgreement = ShareEstimate(agreement(least: Self.clearGap))
    self.judges = judged
    let known = rows.filter { $0.judged.gold != nil }
    correlation = Correlation.pearson(
      known.flatMap { $0.scores.map(\.value) }, known.flatMap { $0.judged.gold ?? [] })
  }
}
