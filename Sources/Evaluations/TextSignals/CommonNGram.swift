/// The n-gram that most completions contain: boilerplate that no list of keywords foresaw.
public struct CommonNGram<Token: Hashable & Sendable>: Sendable, Hashable {
  /// Its tokens or words.
  public let tokens: [Token]
  /// In how many completions it occurs.
  public let completions: Int
  /// In which share of all completions it occurs.
  public let share: Double

  /// Finds it; of several, the one that appears first.
  ///
  /// The result is `nil` where no completion has n tokens.
  ///
  /// - Parameters:
  ///   - completions: Tokens or words.
  ///   - n: The length of an n-gram, at least 1.
  public init?(_ completions: [[Token]], n: Int = 5) {
    var trie = NGramTrie<Token>()
    var holders: [Int: Int] = [:]
    let numbers = completions.map { trie.numbers(in: $0, n: n) }
    for number in numbers.lazy.flatMap({ Set($0) }) { holders[number, default: 0] += 1 }
    guard let most = holders.values.max() else { return nil }
    for (row, numbers) in numbers.enumerated() {
      guard let start = numbers.firstIndex(where: { holders[$0] == most }) else { continue }
      tokens = Array(completions[row][start..<(start + n)])
      self.completions = most
      share = Double(most) / Double(completions.count)
      return
    }
    return nil
  }
}
