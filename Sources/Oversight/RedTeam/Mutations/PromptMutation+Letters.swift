internal import PreferenceData

extension PromptMutation {
  /// Letters swapped, left out or doubled: in a third of the words of four letters and more, and in one
  /// at least.
  static func mistyped(_ text: String, using random: inout SeededGenerator) -> String {
    var characters = Array(text)
    let words = characters.words.filter { $0.count > 3 }
    let order = random.permutation(of: words.count)
    // From the end, as a word may become longer or shorter.
    for word in order.prefix(max(1, words.count / 3)).sorted(by: >).map({ words[$0] }) {
      // The first letter stays: it is the one that readers go by.
      let place = word.lowerBound + 1 + Int(random.uniform(below: UInt64(word.count - 2)))
      switch random.uniform(below: 3) {
      case 0 where characters[place] != characters[place + 1]:
        characters.swapAt(place, place + 1)
      case 1: characters.remove(at: place)
      default: characters.insert(characters[place], at: place)
      }
    }
    return String(characters)
  }

  /// Digits and signs for all letters of a word but the first, by which it stays a word; signs not for
  /// its last, where they would end a sentence.
  static func inDigits(_ text: String, using random: inout SeededGenerator) -> String {
    replacing(in: text, after: 1) { letter, isLast in
      let all = signs[Character(letter.lowercased())] ?? []
      let some = isLast ? all.filter(\.isNumber) : all
      return some.isEmpty ? letter : random.element(of: some)
    }
  }

  /// Letters of other scripts for all letters that have a look-alike.
  static func inOtherScripts(_ text: String, using random: inout SeededGenerator) -> String {
    replacing(in: text, after: 0) { letter, _ in
      confusables[letter].map { random.element(of: $0) } ?? letter
    }
  }

  /// A sign between the letters of the longest words: of a third of those that stand between spaces, and
  /// of one at least.
  static func spelledOut(_ text: String, using random: inout SeededGenerator) -> String {
    var characters = Array(text)
    let words = characters.words.filter { $0.count > 2 && characters.stands(alone: $0) }
    let longest = words.sorted { ($1.count, $0.lowerBound) < ($0.count, $1.lowerBound) }
      .prefix(max(1, words.count / 3))
    for word in longest.sorted(by: { $0.lowerBound > $1.lowerBound }) {
      let sign = random.element(of: [".", "-", "*", "_"] as [Character])
      let spelled = characters[word].flatMap { [$0, sign] }.dropLast()
      characters.replaceSubrange(word, with: spelled)
    }
    return String(characters)
  }

  /// Other characters for the letters of words of three Latin letters and more.
  private static func replacing(
    in text: String, after kept: Int, _ other: (Character, _ isLast: Bool) -> Character
  ) -> String {
    var characters = Array(text)
    for word in characters.words where word.count > 2 && characters[word].allSatisfy(\.isASCII) {
      for place in word.dropFirst(kept) {
        characters[place] = other(characters[place], place == word.upperBound - 1)
      }
    }
    return String(characters)
  }

  /// What looks like each letter, the inverse of what ``PlainWords`` undoes.
  private static let signs = inverse(Character.letters)

  /// The same of the Cyrillic and Greek scripts.
  private static let confusables = inverse(
    Character.lookalikes.filter { ("\u{370}"..<"\u{530}").contains($0.key) })

  /// In the order of their code points, so that draws are the same everywhere.
  private static func inverse(_ table: [Character: Character]) -> [Character: [Character]] {
    Dictionary(grouping: table.keys.sorted()) { table[$0] ?? $0 }
  }
}

extension [Character] {
  /// Where letters follow each other.
  fileprivate var words: [Range<Int>] {
    var words: [Range<Int>] = []
    for (place, character) in enumerated() where character.isLetter {
      if let last = words.last, last.upperBound == place {
        words[words.count - 1] = last.lowerBound..<(place + 1)
      } else {
        words.append(place..<(place + 1))
      }
    }
    return words
  }

  /// Whether there is white space before a word, and after it and the signs that end a sentence.
  fileprivate func stands(alone word: Range<Int>) -> Bool {
    guard word.lowerBound == 0 || self[word.lowerBound - 1].isWhitespace else { return false }
    let after = self[word.upperBound...].first { !".,;:?!".contains($0) }
    return after?.isWhitespace ?? true
  }
}
