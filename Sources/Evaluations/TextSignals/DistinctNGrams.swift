#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many different n-grams a set of completions has: distinct-n, the usual measure of diversity.
///
/// Its share falls with the number and the length of completions, so compare only sets of the same
/// prompts, as many completions a prompt, and the same limit of length; or use
/// ``expectationAdjusted(vocabulary:)``.
///
/// - SeeAlso: Jiwei Li et al., A Diversity-Promoting Objective Function for Neural Conversation
///   Models, arXiv:1510.03055.
public struct DistinctNGrams: Sendable, Hashable, Codable {
  /// How many different n-grams there are.
  public let distinct: Int
  /// How many n-grams there are.
  public let total: Int

  /// Counts n-grams over all completions together.
  ///
  /// - Parameters:
  ///   - completions: Tokens or words. A completion of less than n has no n-gram.
  ///   - n: The length of an n-gram, at least 1.
  public init(_ completions: [[some Hashable]], n: Int) {
    self.init(numberOf: completions, n: n)
  }

  private init<Token: Hashable>(numberOf completions: [[Token]], n: Int) {
    var trie = NGramTrie<Token>()
    var seen: Set<Int> = []
    var total = 0
    for completion in completions {
      let numbers = trie.numbers(in: completion, n: n)
      seen.formUnion(numbers)
      total += numbers.count
    }
    (distinct, self.total) = (seen.count, total)
  }

  /// distinct/total; `nil` where there is no n-gram.
  public var share: Double? { total > 0 ? Double(distinct) / Double(total) : nil }

  /// D/(V·(1 − ((V − 1)/V)ᵀ)): the different n-grams D beside those expected of T draws from V
  /// equally likely ones, which takes most of the length's influence out.
  ///
  /// - Parameter vocabulary: V, at least 1.
  /// - Returns: `nil` where there is no n-gram.
  /// - SeeAlso: Siyang Liu et al., Rethinking and Refining the Distinct Metric, arXiv:2202.13587.
  public func expectationAdjusted(vocabulary: Int) -> Double? {
    precondition(vocabulary > 0, "a vocabulary of \(vocabulary)")
    guard total > 0 else { return nil }
    let size = Double(vocabulary)
    // 1 − (1 − 1/V)ᵀ without cancellation where V is great.
    return Double(distinct) / (size * -expm1(Double(total) * log1p(-1 / size)))
  }
}
