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
    var text = text
    // Nothing of ASCII has another form, so that most texts are read byte by byte.
    let plain = text.withUTF8 { bytes in
      bytes.allSatisfy { $0 < 0x80 } ? Self.words(of: bytes) : nil
    }
    words = plain ?? Self.words(of: Array(Self.folded(text)))
  }

  /// The words with a space between.
  public var text: String { words.joined(separator: " ") }

  private static func words<Signs: RandomAccessCollection>(of text: Signs) -> [String]
  where Signs.Element: PlainSign, Signs.Index == Int {
    var words: [String] = []
    func end(_ word: [Signs.Element]) {
      let spelling = spelling(word)
      if !spelling.isEmpty { words.append(spelling) }
    }
    var word: [Signs.Element] = []
    var spelled = SpelledLetters<Signs.Element>()
    var hasSpace = false
    func endWord() {
      // Signs at the end stand for nothing, and "l!" is a single letter.
      while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
      guard !word.isEmpty else { return }
      if word.count == 1, word[0].isLetter {
        spelled.append(word[0], afterSpace: hasSpace)
      } else {
        spelled.end().forEach(end)
        end(word)
      }
      word.removeAll(keepingCapacity: true)
      hasSpace = false
    }
    for place in text.indices {
      let sign = text[place]
      if sign.isLetter || sign.isNumber {
        word.append(sign)
      } else if sign.letter != nil, !word.isEmpty || begins(text, at: place) {
        word.append(sign)
      } else if !sign.isApostrophe {
        endWord()
        if sign.isWhitespace { hasSpace = true }
      }
    }
    endWord()
    spelled.end().forEach(end)
    return words
  }

  /// Whether a sign that can be a letter begins a word: a letter follows.
  private static func begins<Signs: RandomAccessCollection>(_ text: Signs, at place: Int) -> Bool
  where Signs.Element: PlainSign, Signs.Index == Int {
    place + 1 < text.endIndex && text[place + 1].isLetter
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

  /// Digits and signs between letters are the letters that they look like; signs at the end are not, and
  /// a number stays one. Of three equal letters or more two are left.
  private static func spelling<Sign: PlainSign>(_ word: [Sign]) -> String {
    var word = Sign.lowercase(word)
    guard word.contains(where: \.isLetter) else {
      return Sign.text(word.filter(\.isNumber))
    }
    // "2nd" and "3D" are what they say: digits at the beginning before one letter or two.
    let tail = word.drop(while: \.isNumber)
    guard tail.count == word.count || tail.count > 2 || tail.contains(where: { !$0.isLetter })
    else {
      return Sign.text(word)
    }
    var length = 0
    for sign in word {
      let letter = sign.isLetter ? sign : sign.letter ?? sign
      if length > 1, word[length - 1] == letter, word[length - 2] == letter { continue }
      word[length] = letter
      length += 1
    }
    return Sign.text(Array(word[..<length]))
  }
}
