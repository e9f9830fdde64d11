/// How far the policy has moved from the reference on the two sides of one pair.
///
/// This is all that a direct preference loss knows about a pair: h = log π(y | x) − log π_ref(y | x),
/// *summed* over the completion, in nats; and how many tokens it was summed over.
struct LogRatioPair: Equatable, Sendable {
  /// h_w, the log ratio of the chosen completion.
  var chosen: Double
  /// h_l, the log ratio of the rejected completion.
  var rejected: Double
  /// |y_w|, the number of tokens of the chosen completion.
  var chosenTokens: Double
  /// |y_l|, the number of tokens of the rejected completion.
  var rejectedTokens: Double

  /// h_w − h_l, positive when the policy prefers the chosen completion more than the reference does.
  var margin: Double { chosen - rejected }
}

extension [LogRatioPair] {
  /// The log ratios of a batch, pair by pair.
  init(policy: PairLogProbabilities, reference: PairLogProbabilities) {
    precondition(
      policy.chosenTokens == reference.chosenTokens
        && policy.rejectedTokens == reference.rejectedTokens,
      "policy and reference have scored different completions")
    self = (0..<policy.count).map { pair in
      LogRatioPair(
        chosen: policy.chosen[pair] - reference.chosen[pair],
        rejected: policy.rejected[pair] - reference.rejected[pair],
        chosenTokens: Double(policy.chosenTokens[pair]),
        rejectedTokens: Double(policy.rejectedTokens[pair]))
    }
  }
}
