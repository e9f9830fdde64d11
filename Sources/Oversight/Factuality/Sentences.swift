internal import Evaluations

/// The sentences of a text.
///
/// One ends with `.`, `!`, `?` or `…`, and the quotes and brackets that are closed there, before white
/// space or the end; and with a line. A full stop does not end one
///
/// - behind a title or such as "e.g." (`Dr. Who`);
/// - behind an initial or an abbreviation (`J. Doe`, `the U.S. Army`, `Acme Inc. of Leeds`), unless a
///   function word with a capital letter follows (`in the U.S. He`);
/// - behind the number of an item (`1. First`);
/// - and three do not before a small letter (`well ... yes`).
///
/// A closed quote does not before a small letter: `"Why?" he asked.` is one sentence. Numbers such as 3.5
/// have no white space behind the point. What is said of words is said of English ones.
public enum Sentences {
  /// Splits a text.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The sentences without the white space around them.
  public static func split(_ text: String) -> [String] {
    let characters = Array(text)
    var sentences: [String] = []
    var start = 0
    func end(at place: Int) {
      let sentence = String(characters[start..<place]).trimmed
      if !sentence.isEmpty { sentences.append(sentence) }
      start = place
    }
    var place = 0
    while place < characters.count {
      let character = characters[place]
      place += 1
      if character.isNewline || "。！？".contains(character) {
        end(at: place)
      } else if marks.contains(character) {
        let mark = place - 1
        while place < characters.count, marks.contains(characters[place]) { place += 1 }
        let afterMarks = place
        while place < characters.count, closing.contains(characters[place]) { place += 1 }
        let isBoundary = endsSentence(
          characters[start..<mark], marks: characters[mark..<afterMarks],
          isClosed: place > afterMarks, rest: characters[place...])
        if isBoundary { end(at: place) }
      }
    }
    end(at: characters.count)
    return sentences
  }

  private static let marks: Set<Character> = [".", "!", "?", "…"]
  private static let closing: Set<Character> = ["\"", "'", "”", "’", ")", "]", "»", "*", "_"]

  /// Whether a sentence ends with marks.
  ///
  /// - Parameters:
  ///   - sentence: What stands before them.
  ///   - marks: One or more.
  ///   - isClosed: Whether a quote or bracket is closed behind them.
  ///   - rest: What follows.
  /// - Returns: `true` where the next sentence may begin.
  private static func endsSentence(
    _ sentence: ArraySlice<Character>, marks: ArraySlice<Character>, isClosed: Bool,
    rest: ArraySlice<Character>
  ) -> Bool {
    guard rest.first?.isWhitespace ?? true else { return false }
    guard let next = rest.first(where: { !$0.isWhitespace }) else { return true }
    let isEllipsis = marks.last == "…" || (marks.count > 1 && marks.allSatisfy { $0 == "." })
    if next.isLowercase, isClosed || isEllipsis { return false }
    guard Array(marks) == ["."], !isClosed else { return true }
    let word = String(sentence.suffix(while: { !$0.isWhitespace && !"([\"“‘".contains($0) }))
    if word.allSatisfy(\.isNumber), String(sentence).trimmed == word { return false }
    let lower = word.lowercased()
    if titles.contains(lower) { return false }
    guard abbreviations.contains(lower) || word.isInitials else { return true }
    let following = Words.split(
      String(rest.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }))
    return next.isUppercase && following.first.map(functionWords.contains) ?? false
  }

  /// What something always follows.
  private static let titles: Set = [
    "mr", "mrs", "ms", "dr", "prof", "st", "gen", "sen", "rep", "gov", "capt", "col", "lt", "rev",
    "hon", "e.g", "i.e", "cf", "vs", "fig", "figs", "eq", "nos", "vol", "pp", "ca", "approx",
  ]

  /// What may stand at the end too.
  private static let abbreviations: Set = [
    "etc", "al", "inc", "ltd", "co", "corp", "jr", "sr", "a.m", "p.m", "dept", "est", "ave", "blvd",
    "jan", "feb", "aug", "sept", "oct", "nov", "dec",
  ]

  private static let functionWords = Set(StopWords.english)
}

extension String {
  /// Whether it is a capital letter other than "I", or letters with points between, such as U.S.
  fileprivate var isInitials: Bool {
    let letters = split(separator: ".", omittingEmptySubsequences: false)
    return letters.allSatisfy { $0.count == 1 && $0.first?.isUppercase == true } && self != "I"
  }
}

extension BidirectionalCollection {
  /// The longest end of elements that satisfy a condition.
  fileprivate func suffix(while condition: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, condition(self[index(before: start)]) { formIndex(before: &start) }
    return self[start...]
  }
}
