/// Several completions of one prompt in order of preference.
public struct Ranking: Sendable, Hashable {
  /// What the completions continue.
  public let prompt: Passage
  /// Two completions or more.
  public let completions: [Passage]
  /// One rank for each completion, 1 the best; equal ranks are ties.
  public let ranks: [Int]
  /// Where the row stood.
  public let source: SourceLocation

  /// A ranking.
  ///
  /// - Parameters:
  ///   - prompt: What the completions continue.
  ///   - completions: Two completions or more.
  ///   - ranks: One rank for each completion, 1 the best.
  ///   - source: Where the row stood.
  public init(prompt: Passage, completions: [Passage], ranks: [Int], source: SourceLocation) {
    precondition(
      completions.count >= 2 && completions.count == ranks.count,
      "\(completions.count) completions have \(ranks.count) ranks")
    self.prompt = prompt
    self.completions = completions
    self.ranks = ranks
    self.source = source
  }
}
