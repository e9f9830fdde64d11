import Evaluations
import PreferenceData
import Testing

@Suite("Bradley–Terry ranking")
struct BradleyTerryTests {
  static func votes(_ table: [(String, String, Int, Int)]) -> [Vote<String>] {
    table.flatMap { first, second, wins, losses in
      [Vote<String>](repeating: Vote(first, second, .first), count: wins)
        + [Vote<String>](repeating: Vote(first, second, .second), count: losses)
    }
  }

  private let votes = votes([("A", "B", 7, 3), ("A", "C", 9, 1), ("B", "C", 6, 4)])

  @Test("three items, thirty votes")
  func vector() throws {
    let ranking = try BradleyTerryRanking(votes: votes)
    expectClose(ranking.strengths, [0.943606, -0.160161, -0.783445], within: 1e-6)
    let ratings = ["A", "B", "C"].compactMap { ranking.rating(of: $0, mean: 1000) }
    expectClose(ratings, [1163.921, 972.177, 863.902], within: 1e-3)
    #expect(isClose(ranking.probability("A", beats: "B"), 0.750965, within: 1e-6))
    #expect(isClose(ranking.probability("A", beats: "C"), 0.849035, within: 1e-6))
    #expect(isClose(ranking.probability("B", beats: "C"), 0.650965, within: 1e-6))
    #expect(isClose(ranking.standardError(of: "A", minus: "B"), 0.609753, within: 1e-6))
    #expect(isClose(EloScale.pointsPerNat, 173.717793, within: 1e-6))
    #expect(ranking.standings.map(\.item) == ["A", "B", "C"])
    #expect(ranking.probability("A", beats: "D") == nil)
  }

  @Test("the side an item is named on does not matter, nor does the order of votes")
  func exchange() throws {
    let ranking = try BradleyTerryRanking(votes: votes)
    let exchanged = try BradleyTerryRanking(
      votes: votes.reversed().map { vote in
        Vote(vote.second, vote.first, vote.outcome == .first ? .second : .first)
      })
    for item in ["A", "B", "C"] {
      #expect(isClose(exchanged.strength(of: item), try #require(ranking.strength(of: item))))
    }
  }

  @Test("a tie is half a win for each: two ties are one win each way")
  func ties() throws {
    let tied = try BradleyTerryRanking(
      votes: votes + [Vote("A", "C", .tie), Vote("A", "C", .tie)])
    let split = try BradleyTerryRanking(
      votes: votes + [Vote("A", "C", .first), Vote("A", "C", .second)])
    expectClose(tied.strengths, split.strengths, within: 1e-12)
  }

  @Test("expected wins equal observed wins")
  func scoreEquations() throws {
    let ranking = try BradleyTerryRanking(votes: votes)
    let toB = try #require(ranking.probability("A", beats: "B"))
    let toC = try #require(ranking.probability("A", beats: "C"))
    #expect(isClose(10 * toB + 10 * toC, 16, within: 1e-9))
  }

  @Test("votes that do not connect the items are refused, by name")
  func disconnected() throws {
    let loose = Self.votes([("A", "B", 2, 1), ("C", "D", 1, 1)])
    #expect(throws: EvaluationError.disconnected(components: [["A", "B"], ["C", "D"]])) {
      try BradleyTerryRanking(votes: loose)
    }
    // Connected, but B has never won: its strength is −∞.
    let unbeaten = Self.votes([("A", "B", 5, 0), ("A", "C", 2, 2)])
    #expect(throws: EvaluationError.disconnected(components: [["A", "C"], ["B"]])) {
      try BradleyTerryRanking(votes: unbeaten)
    }
    #expect(
      EvaluationError.disconnected(components: [["A", "C"], ["B"]]).description
        == "The votes do not connect all items, so that no ranking of all of them exists: "
        + "{A, C}, {B} never both win and lose against one another; collect votes between these "
        + "groups, rank each alone, or give an l2 above 0.")
    let penalized = try BradleyTerryRanking(votes: unbeaten, l2: 0.5)
    #expect(penalized.strengths.allSatisfy { $0.isFinite })
    #expect(penalized.standings.last?.item == "B")
  }

  @Test("with a penalty, alone and beside styles, it agrees with a general minimizer")
  func recorded() throws {
    let recorded = try RecordedStatistics.load().votes
    let votes = zip(recorded.pairs, recorded.outcomes).map { pair, outcome in
      Vote(pair[0], pair[1], outcome == 1 ? .first : outcome == 0 ? .second : .tie)
    }
    let ranking = try BradleyTerryRanking(votes: votes, l2: recorded.l2)
    let styled = votes.indices.map {
      StyledVote(votes[$0], firstStyle: recorded.first[$0], secondStyle: recorded.second[$0])
    }
    let controlled = try StyleControlledRanking(votes: styled, l2: recorded.l2)
    for item in 0..<4 {
      #expect(isClose(ranking.strength(of: item), recorded.strengths[item], within: 1e-6))
      #expect(isClose(controlled.strength(of: item), recorded.controlled[item], within: 1e-6))
    }
    expectClose(controlled.styleCoefficients, Array(recorded.controlled[4...]), within: 1e-6)
    #expect(isClose(ranking.strengths.reduce(0, +), 0))
  }

  @Test("bootstrap intervals hold the estimate, and the same seed repeats them")
  func bootstrap() throws {
    let ranking = try BradleyTerryRanking(votes: votes, l2: 0.1)
    func intervals() throws -> [ConfidenceInterval] {
      var random = SeededGenerator(seed: 9)
      return try BradleyTerryRanking.bootstrap(
        votes: votes, clusters: Array(votes.indices), l2: 0.1, bootstrap: Bootstrap(rounds: 300),
        using: &random
      ).map { try #require($0.strengths.interval()) }
    }
    let drawn = try intervals()
    for (strength, interval) in zip(ranking.strengths, drawn) {
      #expect(interval.contains(strength))
    }
    #expect(try intervals() == drawn)
  }

  @Test("rounds that lose the connection are counted as undefined")
  func bootstrapUndefined() {
    let few = Self.votes([("A", "B", 1, 1)])
    var random = SeededGenerator(seed: 9)
    let rounds = BradleyTerryRanking.bootstrap(
      votes: few, clusters: [0, 1], bootstrap: Bootstrap(rounds: 200), using: &random)
    // Both votes are drawn in half the rounds.
    #expect(rounds.allSatisfy { abs($0.strengths.undefinedRounds - 100) < 30 })
  }

  @Test("a style in which no vote differs has no coefficient to speak of")
  func flatStyle() throws {
    let styled = votes.map { StyledVote($0, firstStyle: [3], secondStyle: [3]) }
    let controlled = try StyleControlledRanking(votes: styled)
    #expect(controlled.styleCoefficients == [0])
    let plain = try BradleyTerryRanking(votes: votes, l2: 0.5)
    expectClose(controlled.strengths, plain.strengths, within: 1e-9)
  }

  @Test("no votes rank nothing")
  func empty() throws {
    #expect(try BradleyTerryRanking<Int>(votes: []).items.isEmpty)
  }

  @Test("online Elo of two votes, by hand, and points are neither made nor lost")
  func elo() {
    var elo = OnlineElo<String>()
    elo.record(Vote("A", "B", .first))
    #expect((elo.rating(of: "A"), elo.rating(of: "B")) == (1002, 998))
    elo.record(Vote("B", "C", .tie))
    // Expected of B: 1/(1 + 10^(2/400)) = 0.497122
    #expect(isClose(elo.rating(of: "B"), 998 + 4 * (0.5 - 0.4971217), within: 1e-5))
    #expect(isClose(elo.rating(of: "A") + elo.rating(of: "B") + elo.rating(of: "C"), 3000))
    #expect(elo.rating(of: "D") == 1000)
  }
}
