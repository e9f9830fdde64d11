import Evaluations
import Testing

@Suite("Plackett–Luce ranking")
struct PlackettLuceTests {
  @Test("agrees with a general minimizer on rankings of two to four")
  func recorded() throws {
    let recorded = try RecordedStatistics.load().rankings
    let ranking = try PlackettLuceRanking(rankings: recorded.rankings)
    for item in 0..<5 {
      #expect(isClose(ranking.strength(of: item), recorded.strengths[item], within: 1e-6))
    }
  }

  @Test("rankings of two are Bradley–Terry")
  func pairs() throws {
    let votes = BradleyTerryTests.votes([("A", "B", 7, 3), ("A", "C", 9, 1), ("B", "C", 6, 4)])
    let ranking = try PlackettLuceRanking(
      rankings: votes.map { $0.outcome == .first ? [$0.first, $0.second] : [$0.second, $0.first] })
    for (item, strength) in [("A", 0.943606), ("B", -0.160161), ("C", -0.783445)] {
      #expect(isClose(ranking.strength(of: item), strength, within: 1e-6))
    }
  }

  @Test("an item that is always last has no strength")
  func disconnected() {
    #expect(throws: EvaluationError.disconnected(components: [["1", "2"], ["3"]])) {
      try PlackettLuceRanking(rankings: [[1, 2, 3], [2, 1, 3]])
    }
    #expect(
      throws: EvaluationError.notConverged(what: "The Plackett–Luce ranking", iterations: 2)
    ) {
      try PlackettLuceRanking(rankings: [[1, 2, 3], [3, 2, 1], [2, 3, 1]], maximumIterations: 2)
    }
  }
}
