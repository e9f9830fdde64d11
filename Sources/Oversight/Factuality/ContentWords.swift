internal import Evaluations

/// The words of a text that say what it is about, with what they have to be checked as.
struct ContentWords {
  /// How a word is checked.
  enum Kind {
    case plain
    /// With a capital letter, and not at the beginning.
    case name
    /// With a digit.
    case number
  }

  struct Word: Hashable {
    /// In lower case; a number without separators of thousands.
    let text: String
    let kind: Kind

    /// What it counts.
    var weight: Double { kind == .plain ? 1 : 2 }
  }

  let words: [Word]

  /// Reads a text: stop words are left out, as is `'s` at the end of a word. A point or comma between
  /// digits belongs to the number.
  init(_ text: String) {
    var words: [Word] = []
    let characters = Array(text)
    var written: [Character] = []
    var isFirst = true
    func endWord() {
      defer { written = [] }
      guard let first = written.first else { return }
      defer { isFirst = false }
      var word = String(written).lowercased()
      for ending in ["'s", "’s"] where word.hasSuffix(ending) { word.removeLast(2) }
      if word.contains(where: \.isNumber) {
        words.append(Word(text: Self.number(word), kind: .number))
      } else if !Self.stopWords.contains(word.replacing("’", with: "'")) {
        words.append(
          Word(
            text: Self.numerals[word] ?? word, kind: first.isUppercase && !isFirst ? .name : .plain)
        )
      }
    }
    for (place, character) in characters.enumerated() {
      let (before, after) = (
        written.last, place + 1 < characters.count ? characters[place + 1] : " "
      )
      let joins =
        switch character {
        case ".", ",": before?.isNumber == true && after.isNumber
        case "'", "’": before?.isLetter == true && after.isLetter
        default: character.isLetter || character.isNumber
        }
      if joins { written.append(character) } else { endWord() }
    }
    endWord()
    self.words = words
  }

  /// A number without commas before three digits.
  private static func number(_ word: String) -> String {
    let parts = word.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return word }
    let isGrouped = parts.dropFirst().allSatisfy { part in
      part.prefix { $0.isNumber }.count == 3
    }
    return parts.joined(separator: isGrouped ? "" : ",")
  }

  private static let stopWords = Set(StopWords.english)

  /// What is a number too; "one" is a stop word.
  private static let numerals = [
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
  ]
}
