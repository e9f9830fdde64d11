/// Finds added tokens in a text: at each place the longest one, from left to right.
struct AddedTokenMatcher: Sendable {
  /// A stretch of text: an added token, or what lies between.
  typealias Stretch = (range: Range<Int>, token: Int32?)

  private struct Node {
    var children: [UInt8: Int] = [:]
    /// Index into `tokens` of the token that ends here.
    var token: Int?
  }

  private let tokens: [AddedToken]
  private var nodes = [Node()]
  private var beginsToken = [Bool](repeating: false, count: 256)

  /// Builds the tree of all contents.
  ///
  /// - Parameter entries: Tokens with the bytes to look for, not empty. Of equal ones the first
  ///   counts.
  init(_ entries: [(token: AddedToken, content: [UInt8])]) {
    tokens = entries.map(\.token)
    for (index, entry) in entries.enumerated() {
      beginsToken[Int(entry.content[0])] = true
      var node = 0
      for byte in entry.content {
        if let child = nodes[node].children[byte] {
          node = child
        } else {
          nodes[node].children[byte] = nodes.count
          node = nodes.count
          nodes.append(Node())
        }
      }
      nodes[node].token = nodes[node].token ?? index
    }
  }

  /// The added tokens of a text and what lies between them, in order, without empty stretches.
  ///
  /// A match that `single_word` refuses is passed over as a whole, and white space that a token
  /// takes to its right stays open to the next match: both as in the `tokenizers` library.
  ///
  /// - Parameter text: Valid UTF-8.
  /// - Returns: Ranges of the text, with the ids of those that are added tokens.
  func stretches(of text: [UInt8]) -> [Stretch] {
    var stretches: [Stretch] = []
    var start = 0
    var index = 0
    while !tokens.isEmpty, index < text.count {
      guard beginsToken[Int(text[index])], let (token, end) = longestMatch(text, at: index) else {
        index += 1
        continue
      }
      var range = index..<end
      index = end
      if token.isSingleWord, touchesWord(text, range) { continue }
      if token.stripsLeft {
        let stripped = spaceStart(text, before: range.lowerBound)
        range = max(stripped, start)..<range.upperBound
      }
      if token.stripsRight {
        range = range.lowerBound..<spaceEnd(text, from: range.upperBound)
      }
      if start < range.lowerBound { stretches.append((start..<range.lowerBound, nil)) }
      stretches.append((range, token.id))
      start = range.upperBound
    }
    if start < text.count { stretches.append((start..<text.count, nil)) }
    return stretches
  }

  private func longestMatch(_ text: [UInt8], at start: Int) -> (token: AddedToken, end: Int)? {
    var longest: (AddedToken, Int)?
    var node = 0
    var index = start
    while index < text.count, let child = nodes[node].children[text[index]] {
      node = child
      index += 1
      if let token = nodes[node].token { longest = (tokens[token], index) }
    }
    return longest
  }

  private func touchesWord(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    if range.lowerBound > 0 {
      let before = text.scalarStart(before: range.lowerBound)
      if Self.isWord(text.scalar(at: before).value) { return true }
    }
    return range.upperBound < text.count && Self.isWord(text.scalar(at: range.upperBound).value)
  }

  private func spaceStart(_ text: [UInt8], before end: Int) -> Int {
    var start = end
    while start > 0 {
      let before = text.scalarStart(before: start)
      guard Self.isSpace(text.scalar(at: before).value) else { break }
      start = before
    }
    return start
  }

  private func spaceEnd(_ text: [UInt8], from start: Int) -> Int {
    var end = start
    while end < text.count {
      let (scalar, width) = text.scalar(at: end)
      guard Self.isSpace(scalar) else { break }
      end += width
    }
    return end
  }

  private static func isSpace(_ scalar: UInt32) -> Bool {
    CharacterClasses.table[scalar] & CharacterClasses.space != 0
  }

  /// `\w` of Unicode Technical Standard 18: alphabetic, mark, decimal, connector, joiner.
  ///
  /// Like lower case, it follows Swift's Unicode version; scripts/check/tokenizer_parity.py compares
  /// every code point with the `tokenizers` library.
  private static func isWord(_ scalar: UInt32) -> Bool {
    guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      return true
    default:
      return properties.isAlphabetic || properties.isJoinControl
    }
  }
}
