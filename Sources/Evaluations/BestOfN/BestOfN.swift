#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is gained, and how far a policy moves, when the best of n completions by a proxy score is
/// kept.
public enum BestOfN {
  /// The expected gold score of the completion with the greatest proxy score among n, drawn without
  /// replacement from N that were scored: every subset of n counts, not just one.
  ///
  /// With completions sorted by proxy score this is Σᵢ C(i − 1, n − 1)/C(N, n)·gold₍ᵢ₎. Completions
  /// of equal proxy score are drawn in random order, so that each gets the mean of their weights.
  ///
  /// - Parameters:
  ///   - proxy: The score that decides; finite.
  ///   - gold: The score that counts, of the same completions; finite.
  ///   - n: How many completions compete, at least 1.
  /// - Returns: `nil` where there are fewer than n.
  /// - SeeAlso: Reiichiro Nakano et al., WebGPT, arXiv:2112.09332, appendix I.
  public static func expectedScore(proxy: [Double], gold: [Double], n: Int) -> Double? {
    precondition(n > 0, "the best of \(n)")
    requireSameCount(proxy.count, gold.count, "proxy and gold scores")
    requireFinite(proxy, "proxy scores")
    requireFinite(gold, "gold scores")
    guard proxy.count >= n else { return nil }
    let ascending = proxy.indices.sorted { proxy[$0] < proxy[$1] }
    // From the best down: C(i − 2, n − 1)/C(i − 1, n − 1) = (i − n)/(i − 1), beginning with n/N.
    var weights = [Double](repeating: 0, count: proxy.count)
    var weight = Double(n) / Double(proxy.count)
    for rank in stride(from: proxy.count, through: 1, by: -1) {
      weights[rank - 1] = weight
      weight *= rank > 1 ? Double(max(0, rank - n)) / Double(rank - 1) : 0
    }
    var (expected, start) = (0.0, 0)
    while start < ascending.count {
      var end = start + 1
      while end < ascending.count && proxy[ascending[end]] == proxy[ascending[start]] { end += 1 }
      let share = weights[start..<end].reduce(0, +) / Double(end - start)
      for position in start..<end { expected += share * gold[ascending[position]] }
      start = end
    }
    return expected
  }

  /// ln n − (n − 1)/n, in nats: the KL divergence of the best of n from the policy drawn from, if
  /// no two completions have the same score; otherwise an upper bound, and a loose one where few
  /// completions are possible.
  ///
  /// - Parameter n: How many completions compete, at least 1.
  /// - Returns: At least 0.
  /// - SeeAlso: Ahmad Beirami et al., Theoretical Guarantees on the Best-of-n Alignment Policy,
  ///   arXiv:2401.01879.
  public static func divergenceBound(n: Int) -> Double {
    precondition(n > 0, "the best of \(n)")
    return log(Double(n)) - Double(n - 1) / Double(n)
  }

  /// The KL divergence itself, in nats, of a policy with few completions: the best of n is the i-th
  /// worst with probability Fᵢⁿ − Fᵢ₋₁ⁿ, where F sums probabilities from the worst.
  ///
  /// - Parameters:
  ///   - probabilities: Of each completion under the policy, from the worst by score to the best,
  ///     no two scores equal; their sum is 1.
  ///   - n: How many completions compete, at least 1.
  /// - Returns: At least 0.
  public static func divergence(probabilities: [Double], n: Int) -> Double {
    precondition(n > 0, "the best of \(n)")
    precondition(
      probabilities.allSatisfy { $0 >= 0 } && abs(probabilities.reduce(0, +) - 1) < 1e-9,
      "probabilities are at least 0 and add to 1")
    var (below, divergence) = (0.0, 0.0)
    for probability in probabilities where probability > 0 {
      let here = min(1, below + probability)
      let best = pow(here, Double(n)) - pow(below, Double(n))
      if best > 0 { divergence += best * log(best / probability) }
      below = here
    }
    return max(0, divergence)
  }
}
