/// How much of what is said consists of given words or phrases: flattery, certainty, boilerplate.
public struct KeywordDensity: Sendable, Hashable, Codable {
  /// Words that belong to a keyword; each counts once, also where two phrases overlap in it.
  public let keywordCount: Int
  /// All words.
  public let wordCount: Int
  /// Completions with at least one keyword.
  public let completionsWithKeyword: Int
  /// All completions.
  public let completionCount: Int

  /// Looks for whole words, whatever their case.
  ///
  /// - Parameters:
  ///   - keywords: Words or phrases, split as ``Words`` does; one without a letter or digit is
  ///     never found.
  ///   - completions: The words of each completion, as ``Words`` splits them.
  public init(_ keywords: [String], in completions: [[String]]) {
    let phrases = Dictionary(
      grouping: keywords.map { Words.split($0) }.filter { !$0.isEmpty }, by: { $0[0] })
    var (keywordCount, wordCount, completionsWithKeyword) = (0, 0, 0)
    for words in completions {
      var (covered, end) = (0, 0)
      for start in words.indices {
        let longest = phrases[words[start], default: []].reduce(0) { longest, phrase in
          words[start...].starts(with: phrase) ? max(longest, phrase.count) : longest
        }
        covered += max(0, start + longest - max(start, end))
        end = max(end, start + longest)
      }
      keywordCount += covered
      wordCount += words.count
      completionsWithKeyword += covered > 0 ? 1 : 0
    }
    (self.keywordCount, self.wordCount) = (keywordCount, wordCount)
    (self.completionsWithKeyword, completionCount) = (completionsWithKeyword, completions.count)
  }

  /// Keyword words/all words; `nil` for no words.
  public var share: Double? { wordCount > 0 ? Double(keywordCount) / Double(wordCount) : nil }

  /// The share of completions with a keyword; `nil` for no completions.
  public var completionShare: Double? {
    completionCount > 0 ? Double(completionsWithKeyword) / Double(completionCount) : nil
  }
}
