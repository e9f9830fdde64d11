/// A text as the judge reads it: its words in lower case, and where its sentences end.
struct WordSequence {
  /// Words and numbers in order; of `+`, `-` and `=`, their names.
  private(set) var words: [String] = []
  /// The indices of the words of each sentence, in order; a line end ends a sentence too.
  private(set) var sentences: [Range<Int>] = []
  /// Whether the last sentence has its full stop.
  private(set) var isFinished = false

  /// Reads a text; everything but letters, digits and apostrophes separates words.
  init(_ text: some StringProtocol) {
    var word: [UInt8] = []
    var start = 0
    func isPart(_ byte: UInt8) -> Bool {
      byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x27
    }
    func endWord() {
      guard !word.isEmpty else { return }
      words.append(String(decoding: word, as: UTF8.self))
      word.removeAll(keepingCapacity: true)
      isFinished = false
    }
    func endSentence() {
      endWord()
      if start < words.count { sentences.append(start..<words.count) }
      start = words.count
    }
    for byte in text.utf8 {
      let lower = (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
      if isPart(lower) {
        word.append(lower)
        continue
      }
      switch lower {
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
        endSentence()
        isFinished = !words.isEmpty
      case UInt8(ascii: "\n"):
        let wasFinished = isFinished && word.isEmpty
        endSentence()
        isFinished = wasFinished
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "="):
        endWord()
        // Elsewhere than after a number they are no operators: a dash begins a line of a list.
        if start < words.count, words.last.flatMap({ Int($0) }) != nil {
          words.append(Self.operators[lower] ?? "")
        }
      default: endWord()
      }
    }
    endSentence()
  }

  /// The words of each sentence.
  var spokenSentences: [[String]] { sentences.map { Array(words[$0]) } }

  /// The words without `the`, `a`, `an` and `some`, for phrases that a speaker may vary.
  var withoutArticles: [String] { words.filter { !Self.articles.contains($0) } }

  private static let operators = [
    UInt8(ascii: "+"): "plus", UInt8(ascii: "-"): "minus", UInt8(ascii: "="): "is",
  ]
  private static let articles: Set = ["the", "a", "an", "some"]
}

extension [String] {
  /// Where a phrase begins first, at or after some word.
  func firstIndex(ofPhrase phrase: [String], from start: Int = 0) -> Int? {
    guard let head = phrase.first, start + phrase.count <= count else { return nil }
    return (start...(count - phrase.count)).first { index in
      self[index] == head && self[index..<(index + phrase.count)].elementsEqual(phrase)
    }
  }

  /// Whether a phrase occurs.
  func contains(phrase: [String]) -> Bool { firstIndex(ofPhrase: phrase) != nil }

  /// How often phrases of a list occur.
  func count(ofPhrases phrases: [[String]]) -> Int {
    phrases.reduce(0) { total, phrase in
      var (count, start) = (0, 0)
      while let index = firstIndex(ofPhrase: phrase, from: start) {
        count += 1
        start = index + phrase.count
      }
      return total + count
    }
  }
}
