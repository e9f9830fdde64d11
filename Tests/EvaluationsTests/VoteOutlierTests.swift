import Evaluations
import PreferenceData
import Testing

@Suite("Outlying voters")
struct VoteOutlierTests {
  // 19 others for the first and 4 for the second: a vote for the second has p = 5/24, 1/(2p) = 2.4.
  @Test("five votes for what nearly nobody prefers")
  func contrary() {
    var test = VoteOutlierTest()
    #expect(test.eValue == 1 && test.verdict == .tooFew)
    for vote in 1...4 {
      test.record(.second, amongVotesForFirst: 19, forSecond: 4)
      #expect(test.verdict == .tooFew && test.votes == vote)
    }
    // 2.4⁴ = 33.1776: four votes would be enough evidence.
    #expect(isClose(test.eValue, 33.1776, within: 1e-9))
    test.record(.second, amongVotesForFirst: 19, forSecond: 4)
    guard case .outlier(let evidence) = test.verdict else {
      Issue.record("\(test.verdict)")
      return
    }
    #expect(isClose(evidence, 79.62624, within: 1e-9))
    #expect(VoteOutlierTest(alpha: 0.01).alpha == 0.01)
    // Who was flagged stays flagged.
    for _ in 0..<10 { test.record(.first, amongVotesForFirst: 19, forSecond: 4) }
    #expect(test.verdict == .outlier(eValue: evidence))
  }

  @Test("the other direction counts as well, and the level")
  func directions() {
    func test(alpha: Double) -> VoteOutlierTest.Verdict {
      var test = VoteOutlierTest(alpha: alpha)
      for _ in 0..<5 { test.record(.first, amongVotesForFirst: 4, forSecond: 19) }
      return test.verdict
    }
    guard case .outlier = test(alpha: 0.05) else {
      Issue.record("votes for unpopular first items are not seen")
      return
    }
    #expect(test(alpha: 0.01) == .inOrder)
  }

  @Test("votes with the majority, ties and first votes are no evidence")
  func ordinary() {
    var test = VoteOutlierTest()
    for _ in 0..<50 { test.record(.first, amongVotesForFirst: 30, forSecond: 10) }
    #expect(test.eValue == 1 && test.verdict == .inOrder)
    test.record(.tie, amongVotesForFirst: 30, forSecond: 10)
    test.record(.second, amongVotesForFirst: 0, forSecond: 0)
    #expect(test.votes == 50)
    for _ in 0..<60 { test.record(.first, amongVotesForFirst: 30, forSecond: 10) }
    #expect(test.votes == VoteOutlierTest.maximumVotes)
  }

  @Test("who votes as all do is rarely flagged, who votes against them soon is")
  func simulated() {
    var random = SeededGenerator(seed: 8)
    /// How many of so many people are flagged who vote for the first item with a probability.
    func flagged(people: Int, for first: Double) -> Int {
      (0..<people).count { _ in
        var test = VoteOutlierTest()
        for _ in 0..<100 {
          let isFirst = Double(random.uniform(below: 1_000_000)) < first * 1e6
          test.record(isFirst ? .first : .second, amongVotesForFirst: 700, forSecond: 300)
        }
        if case .outlier = test.verdict { return true }
        return false
      }
    }
    #expect(flagged(people: 1000, for: 0.7) < 50)
    #expect(flagged(people: 200, for: 0) == 200)
  }
}
