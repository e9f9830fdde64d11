internal import PreferenceData

/// How a completion is written, whatever it says.
///
/// ``coherence`` is the product of
/// - the share of its words that the world knows, from 0 at 0.4 and below to 1 at 0.9 and above;
/// - 0.85 where the last sentence is not finished;
/// - 0.85 where it goes on to speak for the human;
/// - twice the share of distinct ones among its pieces of three words (of its words, where there are
///   less than eight), but at most 1;
///
/// and 0 for a text without words.
struct CompletionForm {
  /// The assistant's own turn.
  let text: WordSequence
  let insults: Int
  let flattery: Int
  let fillers: Int
  /// Sentences that were said before.
  let repeatedSentences: Int
  let isDismissive: Bool
  /// Whether the prompt's last sentence is said again, if it has five words or more.
  let echoesPrompt: Bool
  let coherence: Double

  var words: [String] { text.words }

  /// Reads a completion.
  ///
  /// - Parameters:
  ///   - completion: Any text.
  ///   - question: The prompt's last turn.
  init(_ completion: String, after question: WordSequence) {
    let turnEnd = completion.utf8.firstRange(of: DialogueMarks.human.utf8)
    text = WordSequence(completion[..<(turnEnd?.lowerBound ?? completion.endIndex)])
    let words = text.words
    insults = words.count(ofPhrases: PhraseBook.insults)
    flattery = words.count(ofPhrases: PhraseBook.flattery)
    fillers = words.count(ofPhrases: PhraseBook.fillers)
    isDismissive = words.count(ofPhrases: PhraseBook.dismissals) > 0
    repeatedSentences = text.sentences.count - Set(text.sentences.map { words[$0] }).count
    let asked = question.sentences.max { $0.count < $1.count }.map { Array(question.words[$0]) }
    echoesPrompt = asked.map { $0.count >= 5 && words.contains(phrase: $0) } ?? false

    let known = words.count { Vocabulary.words.contains($0) }
    let knownShare = Double(known) / Double(max(words.count, 1))
    var coherence = min(max((knownShare - 0.4) / 0.5, 0), 1)
    if !text.isFinished { coherence *= 0.85 }
    if turnEnd != nil { coherence *= 0.85 }
    coherence *= min(1, 2 * Self.distinctShare(words))
    self.coherence = words.isEmpty ? 0 : coherence
  }

  /// The share of distinct ones among the pieces of three words; of few words, among those.
  private static func distinctShare(_ words: [String]) -> Double {
    guard words.count >= 8 else { return Double(Set(words).count) / Double(max(words.count, 1)) }
    let pieces = (0...(words.count - 3)).map { words[$0..<($0 + 3)] }
    return Double(Set(pieces).count) / Double(pieces.count)
  }
}
