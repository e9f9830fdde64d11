/// Where the turns of a dialogue `Human: …\n\nAssistant: …` begin in a text.
package struct DialogueText {
  /// What a dialogue may begin with, too.
  private static let human = DialogueMarks.human.drop { $0 == "\n" }
  private static let assistant = DialogueMarks.assistant

  private let text: String

  /// A text, perhaps a dialogue.
  package init(text: String) { self.text = text }

  /// How many turns of a human there are; one in a text that is no dialogue.
  package var humanTurns: Int {
    let marked = text.utf8.ranges(of: DialogueMarks.human.utf8).count
    return max(1, marked + (text.hasPrefix(Self.human) ? 1 : 0))
  }

  /// What the human said last; the whole of a text that is no dialogue.
  package var lastHumanTurn: Substring {
    var start = text.startIndex
    if let last = text.utf8.ranges(of: DialogueMarks.human.utf8).last {
      start = last.upperBound
    } else if text.hasPrefix(Self.human) {
      start = text.index(start, offsetBy: Self.human.count)
    }
    let reply = text[start...].utf8.firstRange(of: Self.assistant.utf8)
    return text[start..<(reply?.lowerBound ?? text.endIndex)]
  }

  /// The dialogue, with a sentence at the end of what the human says last.
  package func adding(_ sentence: String) -> String {
    let turn = lastHumanTurn
    let end = turn.lastIndex { !$0.isWhitespace }.map(turn.index(after:)) ?? turn.endIndex
    return "\(text[..<end]) \(sentence)\(text[turn.endIndex...])"
  }

  /// The dialogue with another last turn of the human; white space around it stays.
  package func replacingLastHumanTurn(_ replacement: (String) -> String) -> String {
    let turn = lastHumanTurn
    guard let start = turn.firstIndex(where: { !$0.isWhitespace }),
      let end = turn.lastIndex(where: { !$0.isWhitespace }).map(turn.index(after:))
    else { return text }
    return "\(text[..<start])\(replacement(String(turn[start..<end])))\(text[end...])"
  }

  /// A transcript split at its last reply: the dialogue up to and with `Assistant:`, and the reply.
  package var lastReply: (prompt: String, completion: String)? {
    guard let last = text.utf8.ranges(of: Self.assistant.utf8).last else { return nil }
    return (String(text[..<last.upperBound]), String(text[last.upperBound...]))
  }
}
