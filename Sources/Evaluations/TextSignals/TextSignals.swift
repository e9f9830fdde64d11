/// What the words of an evaluation's completions say about a policy, whatever its scores.
///
/// No threshold of these numbers holds for all data: compare with those of the policy before
/// training, on the same prompts, with as many completions a prompt and the same limit of length.
/// ``HackingMonitor`` does.
public struct TextSignals: Sendable, Hashable, Codable {
  /// Lengths in words.
  public let lengths: LengthSummary
  /// Different words among all.
  public let distinctWords: DistinctNGrams
  /// Different pairs of neighbouring words among all.
  public let distinctPairs: DistinctNGrams
  /// The share of four words in a row that a completion has said before.
  public let repetition: Repetition
  /// How alike completions are in their pairs of neighbouring words.
  public let selfSimilarity: SelfSimilarity
  /// Different first five words.
  public let openings: DistinctOpenings
  /// The share of words that belong to a keyword.
  public let keywords: KeywordDensity

  /// Reads completions. The result is `nil` for none.
  ///
  /// - Parameters:
  ///   - completions: Texts.
  ///   - prompts: The prompt of each completion.
  ///   - keywords: Words and phrases to count.
  public init?(_ completions: [String], prompts: [some Hashable], keywords: [String] = []) {
    let words = completions.map { Words.split($0) }
    guard let lengths = LengthSummary(words.map(\.count)) else { return nil }
    self.lengths = lengths
    distinctWords = DistinctNGrams(words, n: 1)
    distinctPairs = DistinctNGrams(words, n: 2)
    repetition = Repetition(words)
    selfSimilarity = SelfSimilarity(words, prompts: prompts)
    openings = DistinctOpenings(words)
    self.keywords = KeywordDensity(keywords, in: words)
  }
}
