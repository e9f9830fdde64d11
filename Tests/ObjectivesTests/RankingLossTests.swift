import Objectives
import Testing

@Suite("Ranking loss")
struct RankingLossTests {
  @Test(
    "two completions are a pair, to the last bit", arguments: RankingLoss.Kind.allCases,
    [-1e4, -3, 0, 0.25, 40, 1e4] as [Double])
  func pair(kind: RankingLoss.Kind, scoreMargin: Double) {
    let pair = PairwiseRewardLoss(centering: 0.01)
      .evaluate(chosen: [scoreMargin + 0.5], rejected: [0.5], weights: [0.75])
    for isChosenFirst in [true, false] {
      let ranking = RankedScores(
        scores: isChosenFirst ? [scoreMargin + 0.5, 0.5] : [0.5, scoreMargin + 0.5],
        ranks: isChosenFirst ? [1, 2] : [7, -3])
      let outcome = RankingLoss(kind, centering: 0.01).evaluate([ranking], weights: [0.75])
      #expect(outcome.comparisonValues == pair.comparisonValues)
      #expect(relativeError(outcome.centeringValues[0], pair.centeringValues[0]) < 1e-15)
      let gradient = isChosenFirst ? outcome.gradient[0] : outcome.gradient[0].reversed()
      #expect(relativeError(gradient[0], pair.gradient.chosen[0]) < 1e-14)
      #expect(relativeError(gradient[1], pair.gradient.rejected[0]) < 1e-14)
      #expect(outcome.agreements == [scoreMargin > 0 ? 1 : 0])
      #expect(outcome.comparisons == [1])
    }
  }

  @Test("hand-worked rankings of three")
  func handWorked() {
    let ranking = RankedScores(scores: [2, 0, 1], ranks: [1, 3, 2])
    // log(1 + e^−1 + e^−2) + log(1 + e^−1) = 0.40760596 + 0.31326169
    let whole = RankingLoss(.plackettLuce).evaluate([ranking])
    #expect(abs(whole.values[0] - 0.72086765) < 1e-8)
    // (log(1 + e^−1) + log(1 + e^−2) + log(1 + e^−1)) / 3
    let pairs = RankingLoss(.allPairs).evaluate([ranking])
    #expect(abs(pairs.values[0] - (2 * 0.31326169 + 0.12692801) / 3) < 1e-8)
    #expect(whole.agreements == [3] && whole.comparisons == [3])
  }

  @Test("the probabilities of all rankings of three and of four add up to 1")
  func probabilities() {
    for scores in [[0.5, -1, 2], [0.5, -1, 2, 0.25]] {
      let rankings = permutations(of: Array(scores.indices)).map {
        RankedScores(scores: scores, ranks: $0)
      }
      let values = RankingLoss(.plackettLuce).evaluate(rankings).values
      #expect(abs(logSumExp(values.map(-))) < 1e-14)
    }
  }

  private func permutations(of items: [Int]) -> [[Int]] {
    if items.count < 2 { return [items] }
    return items.indices.flatMap { index in
      var rest = items
      let item = rest.remove(at: index)
      return permutations(of: rest).map { [item] + $0 }
    }
  }

  @Test("a tie says nothing about its own members", arguments: RankingLoss.Kind.allCases)
  func ties(kind: RankingLoss.Kind) {
    let tied = RankedScores(scores: [3, -2, 0.5], ranks: [1, 1, 1])
    let nothing = RankingLoss(kind).evaluate([tied])
    #expect(nothing.values == [0] && nothing.gradient == [[0, 0, 0]])
    #expect(nothing.comparisons == [0] && nothing.agreements == [0])
    // Two tied above one: each of them against that one alone.
    let above = RankingLoss(kind).evaluate([RankedScores(scores: [1, 2, 0], ranks: [1, 1, 2])])
    let alone = PairwiseRewardLoss().evaluate(chosen: [1, 2], rejected: [0, 0]).values
    let expected = kind == .allPairs ? (alone[0] + alone[1]) / 2 : alone[0] + alone[1]
    #expect(abs(above.values[0] - expected) < 1e-15)
    #expect(above.comparisons == [2])
  }

  @Test("only the order of ranks counts", arguments: RankingLoss.Kind.allCases)
  func rankOrder(kind: RankingLoss.Kind) {
    let scores = [0.5, -1, 2, 0.25]
    let loss = RankingLoss(kind, centering: 0.1)
    let one = loss.evaluate([RankedScores(scores: scores, ranks: [2, 1, 4, 2])])
    let other = loss.evaluate([RankedScores(scores: scores, ranks: [0, -5, 100, 0])])
    #expect(one == other)
  }

  static let rankings: [(scores: [Double], ranks: [Int])] = [
    ([0.5, -1, 2, 0.25], [2, 1, 4, 3]), ([0.5, -1, 2, 0.25], [1, 2, 2, 3]),
    ([40, -40, 0], [3, 1, 2]), ([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]), ([3, 1], [1, 1]),
  ]

  @Test(
    "gradient matches central differences", arguments: RankingLoss.Kind.allCases, rankings)
  func gradientMatchesDifferences(
    kind: RankingLoss.Kind, ranking: (scores: [Double], ranks: [Int])
  ) {
    let loss = RankingLoss(kind, centering: 0.02)
    func evaluate(_ scores: [Double]) -> RankingOutcome {
      loss.evaluate([RankedScores(scores: scores, ranks: ranking.ranks)], weights: [1.5])
    }
    let gradient = evaluate(ranking.scores).gradient[0]
    for index in gradient.indices {
      let difference = centralDifference(at: ranking.scores[index]) {
        evaluate(ranking.scores.replacing(index, with: $0)).values[0]
      }
      #expect(abs(difference - gradient[index]) < 1e-6 * max(1, abs(gradient[index])))
    }
  }

  @Test("a constant added to all scores changes nothing", arguments: RankingLoss.Kind.allCases)
  func shiftInvariance(kind: RankingLoss.Kind) {
    let scores = [1.5, -0.25, 3, 0.125]
    let loss = RankingLoss(kind)
    let plain = loss.evaluate([RankedScores(scores: scores, ranks: [1, 3, 2, 4])])
    for shift in [-64, 0.5, 1024] as [Double] {
      let shifted = loss.evaluate(
        [RankedScores(scores: scores.map { $0 + shift }, ranks: [1, 3, 2, 4])])
      #expect(abs(shifted.values[0] - plain.values[0]) < 1e-12)
      #expect(abs(shifted.gradient[0].reduce(0, +)) < 1e-12)
    }
  }

  @Test("scores of ±10⁴ stay finite", arguments: RankingLoss.Kind.allCases)
  func extremes(kind: RankingLoss.Kind) {
    let outcome = RankingLoss(kind, centering: 0.01).evaluate([
      RankedScores(scores: [1e4, -1e4, 0, 1e4], ranks: [4, 1, 3, 2]),
      RankedScores(scores: [1e4, -1e4, 0, 1e4], ranks: [1, 4, 3, 1]),
    ])
    #expect(outcome.values.allSatisfy { $0.isFinite })
    #expect(outcome.gradient.joined().allSatisfy { $0.isFinite })
    #expect(outcome.comparisonValues[1] < 1e-300)
  }

  @Test("a ranking that weighs 0 is not there", arguments: RankingLoss.Kind.allCases)
  func weights(kind: RankingLoss.Kind) {
    let ranking = RankedScores(scores: [1, 2, 3], ranks: [1, 2, 3])
    let outcome = RankingLoss(kind, centering: 1).evaluate([ranking, ranking], weights: [0, 2])
    let plain = RankingLoss(kind, centering: 1).evaluate([ranking])
    #expect(outcome.values[0] == 0 && outcome.gradient[0] == [0, 0, 0])
    #expect(abs(outcome.values[1] - 2 * plain.values[0]) < 1e-14)
  }
}
