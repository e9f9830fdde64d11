/// LD-DPO: tokens that only the longer completion of a pair has count less.
///
/// Liu et al. (2024, arXiv:2409.06411) see that a sum over tokens lets long completions dominate. With
/// the public length l = min(|y_w|, |y_l|) of a pair, the log probability of each side becomes
///
///     Σ_{t ≤ l} log π(y_t | …) + α Σ_{t > l} log π(y_t | …)
///
/// so that α = 1 is the plain sum and α = 0 compares pieces of equal length. Policy and reference are
/// weighed alike.
public struct LengthDesensitization: Equatable, Sendable {
  /// How much a token beyond the public length counts, from 0 to 1.
  public let alpha: Double

  /// Desensitizes to a degree.
  ///
  /// - Parameter alpha: How much a token beyond the public length counts, from 0 to 1.
  public init(alpha: Double) {
    precondition((0...1).contains(alpha), "alpha is \(alpha), but must be from 0 to 1")
    self.alpha = alpha
  }

  /// How much each token of a batch of pairs counts.
  ///
  /// - Parameters:
  ///   - sequences: The sides of the pairs, chosen and rejected by turns.
  ///   - tokenCount: The length of the flat token list.
  /// - Returns: 1 for the first l completion tokens of a side, α for those beyond, and 0 for tokens
  ///   that do not count at all. Shape `[tokenCount]`.
  public func tokenWeights(of sequences: SequenceLogProbability, tokenCount: Int) -> [Double] {
    let counts = sequences.tokenCounts
    precondition(counts.count.isMultiple(of: 2), "\(counts.count) sequences are not pairs")
    var weights = [Double](repeating: 0, count: tokenCount)
    for (index, span) in sequences.spans.enumerated() {
      // The other side of the pair: 0 and 1, 2 and 3, and so on.
      let publicLength = min(counts[index], counts[index ^ 1])
      for (position, token) in span.filter(sequences.counts).enumerated() {
        weights[token] = position < publicLength ? 1 : alpha
      }
    }
    return weights
  }
}
