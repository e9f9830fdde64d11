internal import Evaluations

/// Rewards taking up the words of the prompt.
///
///     score = |P ∩ C|/|P|
///
/// with P and C the sets of words of prompt and completion, stop words left out. A prompt of stop
/// words alone has nothing to be relevant to.
public struct RelevanceRule: CompletionRule, Hashable {
  /// Words without content, in lower case.
  public let stopWords: [String]
  private let stops: Set<String>

  /// `relevance`.
  public static let type = "relevance"

  /// Function words of English, and the names of the speakers in dialogues.
  public static let defaultStopWords = StopWords.english + ["human", "assistant", "user"]

  private enum CodingKeys: String, CodingKey, CaseIterable { case stopWords = "stop_words" }

  /// A rule that leaves stop words out.
  ///
  /// - Parameter stopWords: Words without content, whatever their case.
  public init(stopWords: [String] = defaultStopWords) {
    self.stopWords = stopWords
    stops = Set(stopWords.flatMap { Words.split($0) })
  }

  /// Reads `stop_words`.
  ///
  /// - Parameter decoder: At the rule's mapping.
  /// - Throws: `DecodingError` with the path of the field at fault.
  public init(from decoder: any Decoder) throws {
    let fields = try RuleFields(decoder, CodingKeys.self, of: Self.self)
    self.init(stopWords: try fields.phrases(CodingKeys.stopWords) ?? Self.defaultStopWords)
  }

  /// The share of the prompt's content words that the completion has.
  ///
  /// - Parameter completion: A completion with its prompt.
  /// - Returns: From 0 to 1; `nil` for a prompt without content words.
  public func score(_ completion: RewardedCompletion) -> Double? {
    let asked = content(of: completion.prompt)
    guard !asked.isEmpty else { return nil }
    let answered = content(of: completion.completion)
    return Double(asked.intersection(answered).count) / Double(asked.count)
  }

  private func content(of text: String) -> Set<String> {
    Set(Words.split(text)).subtracting(stops)
  }
}
