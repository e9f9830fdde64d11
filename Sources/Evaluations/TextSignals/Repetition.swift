/// How much completions repeat themselves: the mean share of n-grams that a completion has said
/// before, 1 − distinct/total within it (seq-rep-n).
///
/// - SeeAlso: Sean Welleck et al., Neural Text Generation with Unlikelihood Training,
///   arXiv:1908.04319, section 6.
public struct Repetition: Sendable, Hashable, Codable {
  /// The mean over completions that have an n-gram; `nil` where none has.
  public let share: Double?
  /// How many completions have an n-gram.
  public let count: Int

  /// Counts the n-grams of each completion.
  ///
  /// - Parameters:
  ///   - completions: Tokens or words.
  ///   - n: The length of an n-gram, at least 1; 4 is usual.
  public init(_ completions: [[some Hashable]], n: Int = 4) {
    var shares = MeanVariance()
    for completion in completions {
      guard let distinct = DistinctNGrams([completion], n: n).share else { continue }
      shares.add(1 - distinct)
    }
    (share, count) = (shares.mean, shares.count)
  }
}
