/// What a text classifier sees of a text: ``HashedText``, and behind it one feature a lexicon, 1 + log of
/// how often it matches, 0 where it does not.
public struct TextFeatures: Sendable, Hashable {
  /// Words and letters.
  public let hashed: HashedText
  /// Lists of words, each a feature.
  public let lexicons: [Lexicon]

  /// Features.
  ///
  /// - Parameters:
  ///   - hashed: Words and letters.
  ///   - lexicons: Lists of words, each a feature.
  public init(hashed: HashedText = HashedText(), lexicons: [Lexicon] = []) {
    (self.hashed, self.lexicons) = (hashed, lexicons)
  }

  /// How many there are.
  public var count: Int { hashed.buckets + lexicons.count }

  /// What is seen of a text.
  func read(_ text: String) -> (vector: SparseVector, matches: [Lexicon.Match]) {
    let words = PlainWords(text).words
    let found = lexicons.map { $0.matches(inWords: words) }
    let further = found.enumerated().compactMap { place, matches in
      matches.isEmpty
        ? nil : (place: hashed.buckets + place, value: HashedText.damped(matches.count))
    }
    let vector = hashed.vector(ofWords: words)
    return (further.isEmpty ? vector : vector.appending(further), Array(found.joined()))
  }

  /// The features of a text.
  ///
  /// - Parameter text: Any text.
  /// - Returns: ``count`` places.
  public func vector(of text: String) -> SparseVector { read(text).vector }
}

extension Lexicon {
  /// How much a text has of the list: 1 + log of the number of matches, 0 without any.
  ///
  /// - Parameter text: Any text.
  /// - Returns: At least 0.
  public func score(of text: String) -> Double {
    let count = matches(in: text).count
    return count == 0 ? 0 : HashedText.damped(count)
  }
}
