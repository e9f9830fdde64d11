/// The sentences of a text: each ends with `.`, `!` or `?` before white space or the end.
enum SentenceSplitter {
  /// Splits a text.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The sentences without the white space around them.
  static func sentences(of text: String) -> [String] {
    var sentences: [String] = []
    var current = ""
    var characters = Array(text)[...]
    while let character = characters.popFirst() {
      current.append(character)
      let endsSentence = ".!?".contains(character) && characters.first?.isWhitespace ?? true
      if endsSentence || character.isNewline {
        sentences.append(current)
        current = ""
      }
    }
    return (sentences + [current]).map(\.trimmed).filter { !$0.isEmpty }
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  /// The white space that a completion begins with, and the rest without white space at its end.
  var leadingBlankAndText: (blank: Substring, text: String) {
    (prefix { $0.isWhitespace }, trimmed)
  }
}
