internal import Foundation

/// The words of a text as they are meant, whatever was done to hide them from a list: lower case, without
/// marks and invisible characters, look-alikes of other scripts and digits in the place of letters undone,
/// letters that were spaced out joined.
///
/// `"K1LL"`, `"ｋｉｌｌ"`, `"kíll"`, `"k.i.l.l"`, `"kіll"` (with a Cyrillic і) and `"k\u{200B}ill"` are all
/// `kill`, and `"100 grams"` keeps its number. What is folded too far is folded the same way everywhere,
/// so that lists and models see one spelling.
public struct PlainWords: Sendable, Hashable {
  /// The words in their order.
  public let words: [String]

  /// Reads a text.
  ///
  /// - Parameter text: Any text.
  public init(_ text: String) {
    var words: [[Character]] = []
    var word: [Character] = []
    /// Single letters with a sign or a space between: where three follow each other they are a word.
    var spelled: [Character] = []
    func endSpelled() {
      if spelled.count >= 3 {
        words.append(spelled)
      } else {
        words += spelled.map { [$0] }
      }
      spelled = []
    }
    func endWord() {
      guard !word.isEmpty else { return }
      if word.count == 1, word[0].isLetter {
        spelled.append(word[0])
      } else {
        endSpelled()
        words.append(word)
      }
      word = []
    }
    let folded = Array(Self.folded(text))
    for (place, character) in folded.enumerated() {
      if character.isLetter || character.isNumber {
        word.append(character)
      } else if Self.digits[character] != nil, !word.isEmpty || Self.begins(folded, at: place) {
        word.append(character)
      } else if character != "'" && character != "’" {
        endWord()
      }
    }
    endWord()
    endSpelled()
    self.words = words.map { Self.spelling($0) }.filter { !$0.isEmpty }
  }

  /// The words with a space between.
  public var text: String { words.joined(separator: " ") }

  /// Whether a sign that can be a letter begins a word: a letter follows.
  private static func begins(_ text: [Character], at place: Int) -> Bool {
    place + 1 < text.count && text[place + 1].isLetter
  }

  /// Compatibility forms, marks and invisible characters undone.
  private static func folded(_ text: String) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: continue
      default: folded.append(scalar)
      }
    }
    return String(folded)
  }

  /// A word with look-alikes of other scripts undone, if it then is Latin; a Russian word is no disguise.
  private static func latin(_ word: [Character]) -> [Character] {
    let latin = word.map { lookalikes[$0] ?? $0 }
    return latin.allSatisfy({ !$0.isLetter || $0.isASCII }) ? latin : word
  }

  /// Digits and signs between letters are the letters that they look like; signs at the end are not, and
  /// a number stays one. Of three equal letters or more two are left.
  private static func spelling(_ word: [Character]) -> String {
    var word = Array(String(latin(word)).lowercased())
    while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
    guard word.contains(where: \.isLetter) else {
      return String(word.filter(\.isNumber))
    }
    // "2nd" and "3D" are what they say: digits at the beginning before one letter or two.
    let tail = word.drop(while: \.isNumber)
    guard tail.count == word.count || tail.count > 2 || tail.contains(where: { !$0.isLetter })
    else {
      return String(word)
    }
    var spelled: [Character] = []
    for character in word.map({ digits[$0] ?? $0 }) {
      if spelled.count > 1, spelled[spelled.count - 1] == character,
        spelled[spelled.count - 2] == character
      {
        continue
      }
      spelled.append(character)
    }
    return String(spelled)
  }

  /// What stands for a letter within a word.
  private static let digits: [Character: Character] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a",
    "$": "s", "!": "i", "|": "i", "€": "e", "£": "l", "+": "t",
  ]

  /// Letters of the Cyrillic and Greek scripts that look like Latin ones, after the confusables of
  /// Unicode Technical Standard 39; and the letters that have no decomposition.
  private static let lookalikes: [Character: Character] = {
    let pairs = zip(
      "аеорсхуіјѕһԁԛԝӏвкмнтгАВЕКМНОРСТУХІЈЅԌԚԜӀαβεικνορτυχγηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧıłøđħŧŁØĐ",
      "aeopcxyijshdqwlbkmhtrABEKMHOPCTYXIJSGQWIabeiknoptuxynwABEZHIKMNOPTYXilodhtLOD"
    )
    return Dictionary(uniqueKeysWithValues: pairs.map { ($0, $1) })
  }()
}
