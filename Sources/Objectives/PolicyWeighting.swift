#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// WPO: pairs that the policy might have written itself count more.
///
/// Zhou et al. (2024, arXiv:2406.11827) simulate on-policy learning from recorded pairs by weighing each
/// with the probability of its completions. So that the weights do not depend on how sure the policy is
/// of itself, each token's probability is divided by what a token sampled there has in expectation
/// (equation 2, "sampled alignment"):
///
///     w(x, y) = exp( (1 / |y|) Σ_t log( π(y_t | …) / Σ_v π(v | …)² ) )
///
/// and a pair has the weight w(x, y_w) w(x, y_l). No gradient flows through it.
public enum PolicyWeighting {
  /// The weight of each pair of a batch.
  ///
  /// - Parameters:
  ///   - tokenLogProbabilities: log π of each token of the flat list, in nats.
  ///   - logSumsOfSquares: log Σ_v π(v | …)² at each token, in nats; likewise.
  ///   - sequences: The sides of the pairs, chosen and rejected by turns.
  /// - Returns: One weight a pair, above 0.
  public static func pairWeights(
    tokenLogProbabilities: [Float], logSumsOfSquares: [Float], of sequences: SequenceLogProbability
  ) -> [Double] {
    let tokens = sequences.tokenCounts
    precondition(tokens.count.isMultiple(of: 2), "\(tokens.count) sequences are not pairs")
    let sums = zip(
      sequences.sums(of: tokenLogProbabilities), sequences.sums(of: logSumsOfSquares)
    ).map { $0 - $1 }
    let means = zip(sums, tokens).map { $0 / Double(max(1, $1)) }
    return stride(from: 0, to: means.count, by: 2).map { exp(means[$0] + means[$0 + 1]) }
  }
}
