/// Single letters that follow each other in a text, which may be words that somebody has spelled out.
///
/// Three letters or more with signs and no space between are a word: of "I k.i.l.l a" the middle. Of the
/// others three or more in a row are one, as in "k i l l".
struct SpelledLetters<Sign: PlainSign> {
  /// Letters between two spaces.
  private var groups: [[Sign]] = []

  /// Adds a letter.
  ///
  /// - Parameters:
  ///   - letter: The letter.
  ///   - afterSpace: Whether there is white space before it.
  mutating func append(_ letter: Sign, afterSpace: Bool) {
    if afterSpace || groups.isEmpty {
      groups.append([letter])
    } else {
      groups[groups.count - 1].append(letter)
    }
  }

  /// Ends the letters, after which others may begin.
  ///
  /// - Returns: Their words.
  mutating func end() -> [[Sign]] {
    var words: [[Sign]] = []
    var loose: [Sign] = []
    func endLoose() {
      words += loose.count > 2 ? [loose] : loose.map { [$0] }
      loose = []
    }
    for group in groups {
      if group.count > 2 {
        endLoose()
        words.append(group)
      } else {
        loose += group
      }
    }
    endLoose()
    groups = []
    return words
  }
}
