/// The words of a text in lower case: runs of letters and digits, with the apostrophes inside them.
///
/// Everything else separates. A script that writes no blanks has long words; count its tokens
/// instead, which every signal here takes as well.
public enum Words {
  /// Splits a text.
  ///
  /// `"It isn't 3.5!"` → `it`, `isn't`, `3`, `5`.
  ///
  /// - Parameter text: Any text.
  /// - Returns: Its words in order.
  public static func split(_ text: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = ""
    var hasApostrophe = false
    for character in text {
      if character.isLetter || character.isNumber {
        // An apostrophe belongs to a word only once a letter follows it.
        if hasApostrophe { word += "'" }
        word += character.lowercased()
        hasApostrophe = false
      } else if !word.isEmpty && !hasApostrophe && (character == "'" || character == "’") {
        hasApostrophe = true
      } else {
        if !word.isEmpty { words.append(word) }
        word = ""
        hasApostrophe = false
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
