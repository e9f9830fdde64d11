/// Words and phrases that stand for something, and phrases in which they do not.
///
///     let lexicon = Lexicon(phrases: ["kill", "shoot"], allowed: ["kill a process", "shoot a photo"])
///     lexicon.matches(in: "How do I k1ll a process?")  // none
///
/// Whole words are compared, as ``PlainWords`` has them: `skill` is no `kill`. A list alone finds what was
/// thought of, in any meaning; beside a trained classifier it is a feature, and a floor under it.
public struct Lexicon: Sendable, Hashable, Codable {
  /// What was found.
  public struct Match: Sendable, Hashable {
    /// The phrase, as the list has it in plain words.
    public let phrase: String
    /// The words of the text that it is.
    public let words: Range<Int>
  }

  private let phrases: [String: [[String]]]
  private let allowed: [String: [[String]]]

  /// A lexicon.
  ///
  /// - Parameters:
  ///   - phrases: Words and phrases that stand for something.
  ///   - allowed: Phrases in which they do not.
  public init(phrases: [String], allowed: [String] = []) {
    self.phrases = Self.byFirstWord(phrases)
    self.allowed = Self.byFirstWord(allowed)
  }

  private static func byFirstWord(_ phrases: [String]) -> [String: [[String]]] {
    let words = Set(phrases.map { PlainWords($0).words }.filter { !$0.isEmpty })
    return Dictionary(grouping: words) { $0[0] }.mapValues { phrases in
      // The longest first; of equal length in the order of the alphabet.
      phrases.sorted {
        ($1.count, $0.joined(separator: " ")) < ($0.count, $1.joined(separator: " "))
      }
    }
  }

  /// What a text has of the list.
  ///
  /// - Parameter text: Any text.
  /// - Returns: From left to right, the longest phrase at each place.
  public func matches(in text: String) -> [Match] {
    let words = PlainWords(text).words
    let harmless = Self.ranges(of: allowed, in: words)
    return Self.ranges(of: phrases, in: words).filter { range in
      !harmless.contains { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
    }.map { Match(phrase: words[$0].joined(separator: " "), words: $0) }
  }

  private static func ranges(of phrases: [String: [[String]]], in words: [String]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var place = 0
    while place < words.count {
      let phrase = phrases[words[place]]?.first { words[place...].starts(with: $0) }
      if let phrase { ranges.append(place..<(place + phrase.count)) }
      place += phrase?.count ?? 1
    }
    return ranges
  }
}
