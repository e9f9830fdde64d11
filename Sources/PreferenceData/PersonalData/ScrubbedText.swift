/// A text without its personal data.
public struct ScrubbedText: Sendable, Hashable {
  /// The text, with placeholders.
  public let text: String
  /// How many pieces were taken out, by the names of the rules that found any.
  public let counts: [String: Int]
}

/// A passage without its personal data.
public struct ScrubbedPassage: Sendable, Hashable {
  /// The passage, with placeholders.
  public let passage: Passage
  /// How many pieces were taken out, by the names of the rules that found any.
  public let counts: [String: Int]
}

extension PersonalDataScrubber {
  /// Scrubs a text or the contents of messages; their roles stay.
  ///
  /// - Parameter passage: The passage.
  /// - Returns: The passage with placeholders, and how many pieces each rule took out.
  public func scrub(_ passage: Passage) -> ScrubbedPassage {
    switch passage {
    case .text(let text):
      let scrubbed = scrub(text)
      return ScrubbedPassage(passage: .text(scrubbed.text), counts: scrubbed.counts)
    case .messages(let messages):
      let scrubbed = messages.map { scrub($0.content) }
      return ScrubbedPassage(
        passage: .messages(
          zip(messages, scrubbed).map { Message(role: $0.role, content: $1.text) }),
        counts: scrubbed.reduce(into: [:]) { $0.merge($1.counts, uniquingKeysWith: +) })
    }
  }
}
