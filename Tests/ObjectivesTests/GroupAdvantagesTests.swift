import Objectives
import Testing

@Suite("Advantages of groups")
struct GroupAdvantagesTests {
  private let rewards: [[Double?]] = [[1, 2, 6], [0.5, nil, 1.5], [3, 3, 3], [nil, 4, nil]]

  @Test("leave-one-out by hand: each against the mean of the others that have a reward")
  func leaveOneOut() {
    let estimate = GroupAdvantages(.leaveOneOut()).evaluate(rewards)
    #expect(
      zip(estimate.advantages, [[1 - 4, 2 - 3.5, 6 - 1.5], [-1, 0, 1], [0, 0, 0], [0, 0, 0]])
        .allSatisfy { agree($0, $1) })
    #expect(estimate.isZeroVariance == [false, false, true, true])
    #expect(agree(estimate.standardDeviations, [7, 0.5, 0, 0].map { $0.squareRoot() }))
  }

  @Test("group means by hand, under each scale")
  func groupMean() {
    let group = GroupAdvantages(.groupMean()).evaluate(rewards).advantages
    let deviation = 7.0.squareRoot() + 1e-4
    #expect(agree(group[0], [-2 / deviation, -1 / deviation, 3 / deviation]))
    let half = 0.5
    #expect(agree(group[1][2], half / (half.squareRoot() + 1e-4)))
    let none = GroupAdvantages(.groupMean(.none)).evaluate(rewards).advantages
    #expect(none == [[-2, -1, 3], [-0.5, 0, 0.5], [0, 0, 0], [0, 0, 0]])
    let batch = GroupAdvantages(.groupMean(.batch)).evaluate([[1, 2], [5, 8]]).advantages
    // The variance of 1, 2, 5, 8 is (9 + 4 + 1 + 16) / 3.
    let scale = 10.0.squareRoot() + 1e-4
    #expect(agree(batch[0], [-0.5 / scale, 0.5 / scale]))
    #expect(agree(batch[1], [-1.5 / scale, 1.5 / scale]))
  }

  @Test("the advantages of a group add up to 0, and no offset changes them")
  func sums() {
    let methods: [GroupAdvantages.Method] = [
      .leaveOneOut(), .leaveOneOut(.batch), .groupMean(.group), .groupMean(.batch),
      .groupMean(.none),
    ]
    let moved = rewards.map { $0.map { $0.map { $0 + 5 } } }
    for method in methods {
      let advantages = GroupAdvantages(method).evaluate(rewards).advantages
      for group in advantages { #expect(abs(group.reduce(0, +)) < 1e-14) }
      let same = GroupAdvantages(method).evaluate(moved).advantages
      #expect(
        zip(advantages.joined(), same.joined()).allSatisfy { abs($0 - $1) < 1e-13 }, "\(method)")
    }
  }

  @Test("leave-one-out is G / (G − 1) times the difference from the mean")
  func relation() {
    let groups: [[Double?]] = [[0.2, -1, 4, 2.5, 0]]
    let leaveOneOut = GroupAdvantages(.leaveOneOut()).evaluate(groups).advantages[0]
    let difference = GroupAdvantages(.groupMean(.none)).evaluate(groups).advantages[0]
    #expect(agree(leaveOneOut, difference.map { $0 * 5 / 4 }))
  }

  @Test("normalised over the batch, groups that say nothing stay at exactly 0")
  func normalized() {
    let estimate = GroupAdvantages(.leaveOneOut(.batch)).evaluate(rewards)
    // −3, −1.5, 4.5, −1, 1, 0, 0, 0 have the mean 0 and 33.5 / 7 for a variance.
    let deviation = (33.5 / 7).squareRoot() + 1e-4
    #expect(agree(estimate.advantages[0], [-3 / deviation, -1.5 / deviation, 4.5 / deviation]))
    #expect(estimate.advantages[2] == [0, 0, 0])
    #expect(estimate.advantages[3] == [0, 0, 0])
  }

  @Test("rewards that differ by rounding only are equal, and nothing at all is fine")
  func flat() {
    let estimate = GroupAdvantages(.groupMean()).evaluate([[0.1 + 0.2, 0.3, 0.3], [nil], []])
    #expect(estimate.isZeroVariance == [true, true, true])
    #expect(estimate.advantages == [[0, 0, 0], [0], []])
    #expect(GroupAdvantages(.leaveOneOut()).evaluate([]).advantages.isEmpty)
  }
}
