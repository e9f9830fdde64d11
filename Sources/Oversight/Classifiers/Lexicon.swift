/// Words and phrases that stand for something, and phrases in which they do not.
///
///     let lexicon = Lexicon(phrases: ["kill", "shoot"], allowed: ["kill a process", "shoot a photo"])
///     lexicon.matches(in: "How do I k1ll a process?")  // none
///
/// Whole words are compared, as ``PlainWords`` has them: `skill` is no `kill`. A list alone finds what was
/// thought of, in any meaning; beside a trained classifier it is a feature, and a floor under it.
public struct Lexicon: Sendable, Hashable {
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
  public func matches(in text: String) -> [Match] { matches(inWords: PlainWords(text).words) }

  /// What words that are plain already have of the list.
  func matches(inWords words: [String]) -> [Match] {
    ranges(in: words).map { Match(phrase: words[$0].joined(separator: " "), words: $0) }
  }

  /// Whether they have anything of it.
  func occurs(in words: [String]) -> Bool { !ranges(in: words).isEmpty }

  private func ranges(in words: [String]) -> [Range<Int>] {
    let found = Self.ranges(of: phrases, in: words)
    guard !found.isEmpty else { return [] }
    let harmless = Self.ranges(of: allowed, in: words)
    return found.filter { range in
      !harmless.contains { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
    }
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

extension Lexicon: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case phrases, allowed
  }

  /// Reads `phrases`, and `allowed` where it is there.
  ///
  /// - Parameter decoder: Where they stand.
  /// - Throws: What the decoder throws, and where there is no phrase with a word in it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let phrases = try container.decode([String].self, forKey: .phrases)
    self.init(
      phrases: phrases,
      allowed: try container.decodeIfPresent([String].self, forKey: .allowed) ?? [])
    guard !self.phrases.isEmpty else {
      throw DecodingError.dataCorruptedError(
        forKey: .phrases, in: container,
        debugDescription: "there is no phrase with a word in it; give at least one")
    }
  }

  /// Writes `phrases` and `allowed` in plain words, in the order of the alphabet.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.list(phrases), forKey: .phrases)
    try container.encode(Self.list(allowed), forKey: .allowed)
  }

  private static func list(_ phrases: [String: [[String]]]) -> [String] {
    phrases.values.joined().map { $0.joined(separator: " ") }.sorted()
  }
}
