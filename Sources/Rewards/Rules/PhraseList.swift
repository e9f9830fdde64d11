internal import Evaluations

/// Words and phrases to look for as whole words: `art` is not in `party`, and `can` not in `can't`.
///
/// Texts are split as `Words` splits them, so that whatever is no letter or digit only separates.
struct PhraseList: Sendable, Hashable {
  private let phrases: [String: [[String]]]
  private let isCaseSensitive: Bool

  /// Prepares phrases; those without a letter or digit are left out.
  init(_ phrases: [String], isCaseSensitive: Bool = false) {
    self.isCaseSensitive = isCaseSensitive
    let split = phrases.map { Self.split($0, isCaseSensitive: isCaseSensitive) }
    self.phrases = Dictionary(grouping: split.filter { !$0.isEmpty }, by: { $0[0] })
      .mapValues { $0.sorted { $0.count > $1.count } }
  }

  /// Whether there is nothing to look for.
  var isEmpty: Bool { phrases.isEmpty }

  /// How often a phrase occurs; where several begin at a word the longest counts, and no word
  /// counts twice.
  func occurrences(in text: String) -> Int {
    let words = Self.split(text, isCaseSensitive: isCaseSensitive)
    var (count, index) = (0, 0)
    while index < words.count {
      let found = phrases[words[index], default: []].first { words[index...].starts(with: $0) }
      count += found == nil ? 0 : 1
      index += found?.count ?? 1
    }
    return count
  }

  /// Whether any of the phrases occurs.
  func occurs(in text: String) -> Bool { occurrences(in: text) > 0 }

  /// The words of a text; with their case, each word is found again in the text by its length.
  private static func split(_ text: String, isCaseSensitive: Bool) -> [String] {
    guard isCaseSensitive else { return Words.split(text) }
    // Words lie between separators; `Words` decides about apostrophes, the case is put back.
    var words: [String] = []
    for run in text.split(whereSeparator: { !($0.isLetter || $0.isNumber || "'’".contains($0)) }) {
      var rest = Substring(run.map { $0 == "’" ? "'" : String($0) }.joined())
      for word in Words.split(rest) {
        while let first = rest.first, first == "'" { rest.removeFirst() }
        words.append(String(rest.prefix(word.count)))
        rest.removeFirst(min(word.count, rest.count))
      }
    }
    return words
  }
}
