/// Where a text says a group.
struct GroupMentions {
  /// One of the group's words in a text.
  struct Mention {
    /// The words of the text that it is.
    let words: Range<Int>
    /// Where it stands.
    let range: Range<String.Index>
    /// As the group has it.
    let listed: String
    /// Its place among the group's terms, or names.
    let place: Int
    let isName: Bool
  }

  private struct Entry {
    let split: SplitText
    let isName: Bool
    var places: [Int]
  }

  /// By their first words, the longest first.
  private let entries: [String: [Entry]]

  init(of group: GroupTerms.Group) {
    var entries: [String: [Entry]] = [:]
    for (words, isName) in [(group.terms, false), (group.names, true)] {
      for (place, word) in words.enumerated() {
        let split = SplitText(word)
        guard let first = split.words.first else { continue }
        let known = entries[first, default: []].firstIndex { $0.split.words == split.words }
        if let known {
          entries[first]?[known].places.append(place)
        } else {
          entries[first, default: []].append(Entry(split: split, isName: isName, places: [place]))
        }
      }
    }
    self.entries = entries.mapValues { $0.sorted { $0.split.words.count > $1.split.words.count } }
  }

  /// From left to right, the longest at each place.
  func mentions(in text: SplitText) -> [Mention] {
    var mentions: [Mention] = []
    var word = 0
    while word < text.words.count {
      let entry = entries[text.words[word]]?.first { entry in
        text.has(entry.split, at: word)
          && (!entry.isName || text.text[text.ranges[word].lowerBound].isUppercase)
      }
      guard let entry else {
        word += 1
        continue
      }
      let words = word..<(word + entry.split.words.count)
      let isSecond = entry.places.count > 1 && !Self.noun(follows: words.upperBound - 1, in: text)
      mentions.append(
        Mention(
          words: words,
          range: text.ranges[word].lowerBound..<text.ranges[words.upperBound - 1].upperBound,
          listed: entry.split.text, place: entry.places[isSecond ? 1 : 0], isName: entry.isName))
      word = words.upperBound
    }
    return mentions
  }

  /// Whether a word follows with which a noun may begin: one that is none of a few that never do.
  private static func noun(follows word: Int, in text: SplitText) -> Bool {
    text.isApart(after: word) && !text.separator(after: word).contains(where: \.isNewline)
      && !particles.contains(text.words[word + 1])
  }

  private static let particles: Set = [
    "a", "about", "after", "again", "also", "an", "and", "are", "as", "at", "be", "because", "been",
    "before", "but", "by", "can", "could", "did", "do", "does", "during", "for", "from", "had",
    "has",
    "have", "here", "how", "if", "in", "into", "is", "may", "might", "must", "nor", "not", "now",
    "of",
    "off", "on", "or", "out", "over", "should", "since", "so", "than", "that", "the", "then",
    "there",
    "these", "this", "those", "to", "today", "tomorrow", "too", "under", "until", "up", "was",
    "were",
    "what", "when", "where", "which", "while", "who", "why", "will", "with", "without", "would",
    "yesterday",
  ]
}
