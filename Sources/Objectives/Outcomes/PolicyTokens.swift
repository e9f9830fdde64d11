/// What policies say about the tokens of sampled completions.
///
/// Only tokens that the policy sampled are in here, one completion after another: no prompt, no
/// padding, no other's turn. A completion may have no token at all. So has one that was cut off and
/// shall not be learned from (`mask_truncated_completions` of TRL), which still counts as a sequence.
public struct PolicyTokens: Equatable, Sendable {
  /// log π of each token under the policy that is trained, in nats.
  public let policy: [Double]
  /// log π_old of each token under the policy that sampled it, in nats.
  public let behavior: [Double]
  /// log π_ref of each token under the frozen reference, in nats.
  public let reference: [Double]?
  /// Where each completion starts, and at the end the number of all tokens: one more than completions.
  public let offsets: [Int]

  /// Joins the columns.
  ///
  /// - Parameters:
  ///   - policy: log π of each token, one completion after another, in nats.
  ///   - behavior: log π_old, likewise; `nil` where the policy itself sampled, and did not learn since:
  ///     every ratio is 1 then, and only the gradient matters.
  ///   - reference: log π_ref, likewise, where a loss holds the policy to it.
  ///   - tokenCounts: How many tokens each completion has.
  public init(
    policy: [Double], behavior: [Double]? = nil, reference: [Double]? = nil, tokenCounts: [Int]
  ) {
    precondition(
      tokenCounts.allSatisfy { $0 >= 0 } && tokenCounts.reduce(0, +) == policy.count,
      "completions of \(tokenCounts) tokens for \(policy.count) tokens")
    precondition(
      behavior.map { $0.count == policy.count } ?? true,
      "\(behavior?.count ?? 0) behavior for \(policy.count) tokens")
    precondition(
      reference.map { $0.count == policy.count } ?? true,
      "\(reference?.count ?? 0) reference for \(policy.count) tokens")
    self.policy = policy
    self.behavior = behavior ?? policy
    self.reference = reference
    offsets = tokenCounts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
  }

  /// How many completions there are.
  public var sequenceCount: Int { offsets.count - 1 }

  /// Where the tokens of each completion lie.
  public var sequences: [Range<Int>] { zip(offsets, offsets.dropFirst()).map { $0..<$1 } }

  /// log π − log π_old of each token, in nats.
  var logRatios: [Double] { zip(policy, behavior).map { $0 - $1 } }
}
