/// How often each pair of tokens stands side by side, and in which words it has come up.
///
/// A pair comes up in one merge alone, that which makes the younger of its tokens; after that it only
/// becomes rarer.
struct PairCounts {
  /// A pair's place in this table, which it keeps.
  typealias Index = Int

  private var pairs: [TokenPair] = []
  private var counts: [Int] = []
  /// For each pair, the words in which it has come up, in order. It may have gone from some.
  private var words: [[Int32]] = []
  /// The pairs that have come up since they were last taken.
  private var risen: [Index] = []
  /// Open addressing: an index, or -1. Never more than half full.
  private var slots = [Int32](repeating: -1, count: 1 << 12)
  private var shift: UInt64 = 64 - 12

  /// How often a pair occurs.
  subscript(index: Index) -> Int { counts[index] }

  /// A pair by its index.
  func pair(at index: Index) -> TokenPair { pairs[index] }

  /// A pair has come up in a word.
  ///
  /// - Parameters:
  ///   - pair: The pair.
  ///   - count: How often the word occurs.
  ///   - word: The word. All that comes up in one word is told in one go.
  mutating func rise(_ pair: TokenPair, by count: Int, in word: Int32) {
    let index = index(of: pair)
    counts[index] += count
    if words[index].isEmpty {
      risen.append(index)
    } else if words[index][words[index].count - 1] == word {
      return
    }
    words[index].append(word)
  }

  /// A pair has gone from a word that occurs so often.
  mutating func fall(_ pair: TokenPair, by count: Int) { counts[index(of: pair)] -= count }

  /// The pairs that have come up since the last time.
  mutating func takeRisen() -> [Index] {
    defer { risen.removeAll(keepingCapacity: true) }
    return risen
  }

  /// The words in which a pair has come up; they are not kept.
  mutating func takeWords(at index: Index) -> [Int32] {
    defer { words[index] = [] }
    return words[index]
  }

  private mutating func index(of pair: TokenPair) -> Index {
    var slot = Int(truncatingIfNeeded: pair.scattered >> shift)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if pairs[index] == pair { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(pairs.count)
    pairs.append(pair)
    counts.append(0)
    words.append([])
    if pairs.count * 2 > slots.count { grow() }
    return pairs.count - 1
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    shift -= 1
    for (index, pair) in pairs.enumerated() {
      var slot = Int(truncatingIfNeeded: pair.scattered >> shift)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }
}
