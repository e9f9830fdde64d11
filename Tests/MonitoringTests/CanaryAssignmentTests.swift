import Monitoring
import Testing

@Suite("Canary assignment")
struct CanaryAssignmentTests {
  private let users = (0..<20_000).map { "user \($0)" }
  private let assignment = CanaryAssignment(experiment: "helpful-7")

  @Test("the same user has the same arm whenever it is asked, on every machine")
  func sticky() {
    #expect(assignment.arm(of: "ada", share: 0.3) == assignment.arm(of: "ada", share: 0.3))
    #expect(assignment == CanaryAssignment(experiment: "helpful-7"))
    #expect(users.allSatisfy { (0..<1).contains(assignment.place(of: $0)) })
    #expect(assignment.place(of: "") != assignment.place(of: " "))
  }

  @Test("a growing share moves users to the candidate, and nobody back")
  func monotone() {
    for user in users.prefix(2000) {
      let arms = [0, 0.01, 0.05, 0.25, 0.5, 1].map { assignment.arm(of: user, share: $0) }
      #expect(arms.first == .control && arms.last == .candidate)
      #expect(!zip(arms, arms.dropFirst()).contains { $0 == .candidate && $1 == .control })
    }
  }

  // Binomial: five standard deviations.
  @Test("shares are what they are said to be", arguments: [0.01, 0.05, 0.25, 0.5])
  func shares(share: Double) {
    let count = users.count { assignment.arm(of: $0, share: share) == .candidate }
    let n = Double(users.count)
    #expect(abs(Double(count) - n * share) < 5 * (n * share * (1 - share)).squareRoot())
  }

  @Test("places are uniform, and those of another experiment are others")
  func uniform() {
    let other = CanaryAssignment(experiment: "helpful-8")
    var table = [Int](repeating: 0, count: 100)
    for user in users {
      table[
        Int(assignment.place(of: user) * 10) * 10 + Int(other.place(of: user) * 10)] += 1
    }
    // χ² with 99 degrees of freedom exceeds 161 with probability 0.0001.
    let expected = Double(users.count) / 100
    let statistic = table.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    #expect(statistic < 161, "\(statistic)")
  }
}
