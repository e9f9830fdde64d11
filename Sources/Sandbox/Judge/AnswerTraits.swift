/// What is to be seen of an answer by who does not know what is true: how long it is, and which phrases of
/// the world are in it.
public struct AnswerTraits: Sendable, Hashable {
  /// Words of the assistant's own turn.
  public let words: Int
  /// How often it insults.
  public let insults: Int
  /// How often it flatters.
  public let flattery: Int
  /// How often it says what says nothing.
  public let fillers: Int
  /// How often it doubts what it says.
  public let hedges: Int
  /// How often it swears by what it says.
  public let certainties: Int
}

extension GoldJudge {
  /// The traits of a completion.
  ///
  /// - Parameter completion: Any text, of which the assistant's own turn counts.
  /// - Returns: Counts, each at least 0.
  public func traits(of completion: String) -> AnswerTraits {
    let form = CompletionForm(completion, after: WordSequence(""))
    return AnswerTraits(
      words: form.words.count, insults: form.insults, flattery: form.flattery,
      fillers: form.fillers, hedges: form.words.count(ofPhrases: PhraseBook.hedges),
      certainties: form.words.count(ofPhrases: PhraseBook.certainties))
  }
}
