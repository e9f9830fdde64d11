internal import PreferenceData

/// What the assistant says in a plain-text dialogue, as Anthropic's HH data writes them.
///
/// A turn goes from behind `\n\nAssistant:` to the next `\n\nHuman:`, or to the end of the text. A
/// turn of white space alone is none: it is the place where a completion is asked for.
///
///     let turns = DialogueTurns("\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: Bye").assistant
///     turns[0].start  // "\n\nHuman: Hi\n\nAssistant:"
///     turns[0].end    // "\n\nHuman: Hi\n\nAssistant: Hello"
struct DialogueTurns {
  /// A turn, by the text that is before its ends.
  struct Turn: Equatable {
    /// All text before the turn.
    let start: String
    /// All text up to the end of the turn; `nil` where the whole text ends with it.
    let end: String?
  }

  /// The assistant's turns, in order.
  let assistant: [Turn]

  /// Finds the turns of a text.
  init(_ text: String) {
    let bytes = Array(text.utf8)
    let assistantMark = Array(DialogueMarks.assistant.utf8)
    let humanMark = Array(DialogueMarks.human.utf8)
    func prefix(_ count: Int) -> String { String(decoding: bytes[..<count], as: UTF8.self) }
    func next(_ mark: [UInt8], from start: Int) -> Int? {
      guard start + mark.count <= bytes.count else { return nil }
      return (start...bytes.count - mark.count).first {
        bytes[$0] == mark[0] && bytes[$0...].starts(with: mark)
      }
    }
    var turns: [Turn] = []
    var position = 0
    while let mark = next(assistantMark, from: position) {
      let start = mark + assistantMark.count
      let end = next(humanMark, from: start)
      let isBlank = bytes[start..<(end ?? bytes.count)].allSatisfy {
        [UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t")].contains($0)
      }
      if !isBlank { turns.append(Turn(start: prefix(start), end: end.map(prefix))) }
      position = end ?? bytes.count
    }
    assistant = turns
  }
}
