/// A text with the places of its words: runs of letters and digits, whatever stands between.
struct SplitText {
  let text: String
  /// Where each word stands.
  let ranges: [Range<String.Index>]
  /// Each word in lower case.
  let words: [String]

  init(_ text: String) {
    var ranges: [Range<String.Index>] = []
    var start: String.Index?
    for index in text.indices {
      if text[index].isLetter || text[index].isNumber {
        start = start ?? index
      } else if let begun = start {
        ranges.append(begun..<index)
        start = nil
      }
    }
    if let begun = start { ranges.append(begun..<text.endIndex) }
    self.text = text
    self.ranges = ranges
    words = ranges.map { text[$0].lowercased() }
  }

  /// What stands between a word and the next.
  func separator(after word: Int) -> Substring {
    text[ranges[word].upperBound..<ranges[word + 1].lowerBound]
  }

  /// Whether nothing but white space stands between a word and the next.
  func isApart(after word: Int) -> Bool {
    word + 1 < words.count && separator(after: word).allSatisfy(\.isWhitespace)
  }

  /// Whether other words stand here as they are written there; one white space is as good as another.
  func has(_ other: SplitText, at place: Int) -> Bool {
    guard words[place...].starts(with: other.words) else { return false }
    return other.words.indices.dropLast().allSatisfy { index in
      let separator = other.separator(after: index)
      return separator.allSatisfy(\.isWhitespace)
        ? isApart(after: place + index) : self.separator(after: place + index) == separator
    }
  }

  /// Whether a sentence begins with a word: before it the text begins, or another sentence ends.
  func beginsSentence(at word: Int) -> Bool {
    for character in text[..<ranges[word].lowerBound].reversed() {
      if character.isNewline || ".!?".contains(character) { return true }
      if character.isLetter || character.isNumber || ",;:)".contains(character) { return false }
    }
    return true
  }
}
