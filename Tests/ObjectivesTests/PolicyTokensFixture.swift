import Objectives

extension PolicyTokens {
  /// Three completions of 3, 0 and 2 tokens whose ratios are far from 1 and from every edge that the
  /// tests clip at, so that central differences see no kink.
  static let moved = PolicyTokens(
    policy: [-1.0, -2.5, -0.4, -1.7, -3.1], behavior: [-1.5, -2.4, -0.1, -1.2, -3.15],
    reference: [-1.2, -2.9, -0.3, -1.1, -3.1], tokenCounts: [3, 0, 2])

  /// The same tokens with one log probability of the policy replaced.
  func replacing(_ token: Int, with logProbability: Double, movingBehavior: Bool = false)
    -> PolicyTokens
  {
    let change = logProbability - policy[token]
    return PolicyTokens(
      policy: policy.replacing(token, with: logProbability),
      behavior: movingBehavior
        ? behavior.replacing(token, with: behavior[token] + change) : behavior,
      reference: reference, tokenCounts: sequences.map(\.count))
  }
}
