#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The loss of a reward model for rankings of K completions of one prompt.
///
/// With scores s, both kinds are the Bradley–Terry loss −log σ(s_w − s_l) when K = 2, and see only
/// differences of scores:
///
/// - ``Kind/plackettLuce``: the ranking was made by choosing the best, then the best of the rest, and
///   so on, each with probabilities softmax(s) over what is left (Luce 1959; Plackett 1975):
///
///       L = Σ_i log(1 + Σ_{j below i} e^{s_j − s_i})
///
///   Without ties this is −log of the ranking's probability, and over all K! rankings e^−L adds up to
///   1. Tied completions are each chosen over all that rank strictly below them, but not over each
///   other: a partial likelihood as that of Breslow (1974), whose sums would hold the ties too, and
///   would draw their scores together. Here a tie says nothing about its own members, as if every
///   order of them were as good; for K = 2 that is exact, L = 0. Above others it is not their
///   marginal probability, which takes a sum over the orders of the tie.
/// - ``Kind/allPairs``: every pair that is no tie, on average, equation 1 of Ouyang et al. (2022,
///   arXiv:2203.02155); K(K − 1) / 2 pairs without ties:
///
///       L = 1 / #pairs · Σ_{j below i} −log σ(s_i − s_j)
///
/// A weight w multiplies all of a ranking's loss. The centring term beside it is c (2 s̄)² with the mean
/// score s̄ of the completions, which for K = 2 is the c (r_w + r_l)² of ``PairwiseRewardLoss``.
///
///     let ranking = RankedScores(scores: [2, 1, 0], ranks: [1, 2, 3])
///     let outcome = RankingLoss(.plackettLuce).evaluate([ranking])
///     outcome.values  // [0.7209]: log(1 + e^−1 + e^−2) + log(1 + e^−1)
public struct RankingLoss: Equatable, Sendable {
  /// What is taken from a ranking.
  public enum Kind: String, CaseIterable, Codable, Sendable {
    /// The likelihood of the whole order.
    case plackettLuce
    /// The mean loss of its pairs.
    case allPairs
  }

  /// What is taken from a ranking.
  public let kind: Kind
  /// c, how strongly twice the mean score is held to 0, at least 0.
  public let centering: Double

  /// A loss for rankings.
  ///
  /// - Parameters:
  ///   - kind: What is taken from a ranking.
  ///   - centering: How strongly twice the mean score is held to 0, at least 0.
  public init(_ kind: Kind, centering: Double = 0) {
    precondition(
      centering >= 0 && centering.isFinite,
      "the centring coefficient is \(centering), but must be at least 0")
    self.kind = kind
    self.centering = centering
  }

  /// The loss of each ranking and the gradient of their sum.
  ///
  /// - Parameters:
  ///   - rankings: The scores and ranks of each prompt's completions, of any number each.
  ///   - weights: How much each ranking counts; `nil` for 1.
  /// - Returns: Values, gradient and the quantities of each ranking that metrics average. A ranking
  ///   of ties alone has the value 0, but for its centring.
  public func evaluate(_ rankings: [RankedScores], weights: [Double]? = nil) -> RankingOutcome {
    precondition(
      weights.map { $0.count == rankings.count } ?? true,
      "\(weights?.count ?? 0) weights for \(rankings.count) rankings")
    let terms = rankings.indices.map { index in
      let weight = weights?[index] ?? 1
      return (
        comparison: comparison(rankings[index]).weighted(by: weight),
        centering: centering(rankings[index].scores).weighted(by: weight)
      )
    }
    return RankingOutcome(
      comparisonValues: terms.map(\.comparison.value),
      centeringValues: terms.map(\.centering.value),
      gradient: terms.map { zip($0.comparison.slopes, $0.centering.slopes).map { $0 + $1 } },
      agreements: rankings.map { ranking in
        ranking.comparisons.count { ranking.scores[$0.better] > ranking.scores[$0.worse] }
      },
      comparisons: rankings.map(\.comparisons.count))
  }

  /// The loss of one ranking without its weight.
  private func comparison(_ ranking: RankedScores) -> Term {
    switch kind {
    case .plackettLuce: plackettLuce(ranking)
    case .allPairs: allPairs(ranking)
    }
  }

  /// Each completion against all below it: softplus(log Σ_j e^{s_j} − s_i), and the derivatives
  /// −σ(…) by s_i and σ(…) softmax(s)_j by s_j.
  private func plackettLuce(_ ranking: RankedScores) -> Term {
    let scores = ranking.scores
    var term = Term(count: scores.count)
    for winner in scores.indices {
      let below = ranking.below(winner)
      if below.isEmpty { continue }
      let rest = logSumExp(below.map { scores[$0] })
      let deficit = rest - scores[winner]
      term.value += softplus(deficit)
      term.slopes[winner] -= sigmoid(deficit)
      for loser in below { term.slopes[loser] += sigmoid(deficit) * exp(scores[loser] - rest) }
    }
    return term
  }

  /// Each pair that is no tie: softplus(s_j − s_i), and the derivatives ∓σ(s_j − s_i).
  private func allPairs(_ ranking: RankedScores) -> Term {
    var term = Term(count: ranking.scores.count)
    let comparisons = ranking.comparisons
    for (better, worse) in comparisons {
      let deficit = ranking.scores[worse] - ranking.scores[better]
      term.value += softplus(deficit)
      term.slopes[better] -= sigmoid(deficit)
      term.slopes[worse] += sigmoid(deficit)
    }
    return term.weighted(by: 1 / Double(max(1, comparisons.count)))
  }

  /// c (2 s̄)², and its derivative 8 c s̄ / K by each score.
  private func centering(_ scores: [Double]) -> Term {
    let doubled = 2 * scores.reduce(0, +) / Double(scores.count)
    var term = Term(count: scores.count)
    term.value = centering * doubled * doubled
    term.slopes = scores.map { _ in 4 * centering * doubled / Double(scores.count) }
    return term
  }
}

/// One ranking's share of a loss: its value, and the derivative by each score.
private struct Term {
  var value = 0.0
  var slopes: [Double]

  /// Nothing, for a number of completions.
  init(count: Int) { slopes = [Double](repeating: 0, count: count) }

  /// The same term counted `weight` times; a weight of 0 leaves nothing, not even of infinity.
  func weighted(by weight: Double) -> Term {
    var term = self
    term.value = damped(value, by: weight)
    term.slopes = slopes.map { damped($0, by: weight) }
    return term
  }
}
