/// Byte-pair learning over distinct words with their counts (Sennrich et al. 2016, algorithm 1,
/// arXiv 1508.07909): again and again the most frequent pair becomes a token.
///
/// Counts are kept up to date from word to word that a merge changes, never counted anew. For the
/// same merges as those of `tokenizers`, a run such as `aaaa` counts all three of its overlapping
/// pairs, and a merge that spells a special token's text gives that token.
struct MergeLearning {
  private(set) var vocabulary: Vocabulary
  /// The merges by rank.
  private(set) var merges: [TokenPair] = []

  /// The tokens of all words, each in its place from `starts` on.
  private var tokens: [Int32]
  private let starts: [Int]
  private var lengths: [Int]
  private let counts: [Int]
  private var pairs = PairCounts()
  private var queue = CandidateQueue()

  /// Prepares the words.
  ///
  /// - Parameters:
  ///   - pieces: What the text is cut into; each distinct piece is a word.
  ///   - vocabulary: Tokens with ids from 0 on, among them one for each byte.
  init(_ pieces: PieceCounts, _ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    let byteIDs = vocabulary.byteIDs
    tokens = pieces.bytes.map { byteIDs[Int($0)] }
    starts = (0..<pieces.count).map { pieces.range(of: $0).lowerBound }
    lengths = (0..<pieces.count).map { pieces.range(of: $0).count }
    counts = pieces.counts
    for word in starts.indices {
      let start = starts[word]
      for index in start + 1..<max(start + 1, start + lengths[word]) {
        pairs.rise(
          TokenPair(tokens[index - 1], tokens[index]), by: counts[word], in: Int32(word))
      }
    }
    enqueueRisen()
  }

  /// Merges the most frequent pair.
  ///
  /// - Parameter minimumFrequency: How often it must occur, at least once in any case.
  /// - Returns: False when no pair occurs so often.
  mutating func mergeNext(minimumFrequency: Int) -> Bool {
    while var candidate = queue.popFirst() {
      let count = pairs[candidate.index]
      if candidate.count != count {
        candidate.count = count
        queue.insert(candidate)
        continue
      }
      guard count >= max(minimumFrequency, 1) else { return false }
      merge(candidate.pair, in: pairs.takeWords(at: candidate.index))
      return true
    }
    return false
  }

  private mutating func merge(_ pair: TokenPair, in words: [Int32]) {
    let text = (vocabulary.text(of: pair.left) ?? []) + (vocabulary.text(of: pair.right) ?? [])
    guard let token = vocabulary.id(of: text) ?? vocabulary.append(text) else {
      preconditionFailure("a text that no token has can be added")
    }
    merges.append(pair)
    for word in words { merge(pair, into: token, in: word) }
    enqueueRisen()
  }

  /// Merges a pair in one word, from left to right, and keeps the counts of its neighbours.
  private mutating func merge(_ pair: TokenPair, into token: Int32, in word: Int32) {
    let (left, right) = (pair.left, pair.right)
    let start = starts[Int(word)]
    let end = start + lengths[Int(word)]
    let count = counts[Int(word)]
    var (from, to) = (start, start)
    while from < end {
      guard tokens[from] == left, from + 1 < end, tokens[from + 1] == right else {
        tokens[to] = tokens[from]
        (from, to) = (from + 1, to + 1)
        continue
      }
      if to > start {
        pairs.fall(TokenPair(tokens[to - 1], left), by: count)
        pairs.rise(TokenPair(tokens[to - 1], token), by: count, in: word)
      }
      tokens[to] = token
      (from, to) = (from + 2, to + 1)
      if from < end {
        pairs.fall(TokenPair(right, tokens[from]), by: count)
        pairs.rise(TokenPair(token, tokens[from]), by: count, in: word)
      }
    }
    lengths[Int(word)] = to - start
  }

  /// What has come up waits to be merged; unless it has gone again by then.
  private mutating func enqueueRisen() {
    for index in pairs.takeRisen() where pairs[index] > 0 {
      queue.insert(.init(pair: pairs.pair(at: index), index: index, count: pairs[index]))
    }
  }
}
