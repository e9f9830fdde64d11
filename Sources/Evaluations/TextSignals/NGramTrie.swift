/// Numbers for n-grams of any length, equal for equal ones: nodes of a trie, each found in n steps.
///
/// Unlike hashes of whole n-grams the numbers never collide.
struct NGramTrie<Token: Hashable> {
  private struct Edge: Hashable {
    let parent: Int
    let token: Token
  }
  private var children: [Edge: Int] = [:]

  /// How many nodes there are; numbers lie below. The root, 0, is the n-gram of no tokens.
  var count: Int { children.count + 1 }

  /// The number of an n-gram, a new one if it was not seen.
  mutating func number(of nGram: some Sequence<Token>) -> Int {
    var node = 0
    for token in nGram {
      let edge = Edge(parent: node, token: token)
      let next = count
      node = children[edge] ?? next
      if node == next { children[edge] = next }
    }
    return node
  }

  /// The numbers of all n-grams of a completion, in order; none where it is shorter than n.
  mutating func numbers(in completion: [Token], n: Int) -> [Int] {
    precondition(n > 0, "n-grams of \(n) tokens")
    guard completion.count >= n else { return [] }
    return (0...(completion.count - n)).map { number(of: completion[$0..<($0 + n)]) }
  }
}
