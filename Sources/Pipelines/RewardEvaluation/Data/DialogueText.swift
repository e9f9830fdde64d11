import PreferenceData

/// Where the turns of a dialogue `Human: …\n\nAssistant: …` begin in a text.
struct DialogueText {
  /// What a dialogue may begin with, too.
  private static let human = DialogueMarks.human.drop { $0 == "\n" }
  private static let assistant = DialogueMarks.assistant

  let text: String

  /// How many turns of a human there are; one in a text that is no dialogue.
  var humanTurns: Int {
    let marked = text.utf8.ranges(of: DialogueMarks.human.utf8).count
    return max(1, marked + (text.hasPrefix(Self.human) ? 1 : 0))
  }

  /// Everything before the end of the last human turn, and what opens the reply to it.
  private var halves: (question: Substring, opening: Substring) {
    guard text.utf8.suffix(Self.assistant.utf8.count).elementsEqual(Self.assistant.utf8) else {
      return (text[...], "")
    }
    let end = text.utf8.index(text.endIndex, offsetBy: -Self.assistant.utf8.count)
    return (text[..<end], text[end...])
  }

  /// What the human said last; the whole of a text that is no dialogue.
  var lastHumanTurn: Substring {
    let question = halves.question
    guard let last = question.utf8.ranges(of: Self.human.utf8).last else { return question }
    return question[last.upperBound...]
  }

  /// The dialogue, with a sentence at the end of what the human says last.
  func adding(_ sentence: String) -> String {
    let (question, opening) = halves
    let end = question.lastIndex { !$0.isWhitespace }.map(question.index(after:))
    return "\(question[..<(end ?? question.endIndex)]) \(sentence)\(opening)"
  }

  /// A transcript split at its last reply: the dialogue up to and with `Assistant:`, and the reply.
  var lastReply: (prompt: String, completion: String)? {
    guard let last = text.utf8.ranges(of: Self.assistant.utf8).last else { return nil }
    return (String(text[..<last.upperBound]), String(text[last.upperBound...]))
  }
}
