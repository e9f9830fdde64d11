internal import PreferenceData
internal import Reports

extension Passage {
  /// The passage for people: turns of a dialogue one under the other, each with who speaks; all of it as plain text.
  var markup: Markup {
    switch self {
    case .text(let text):
      guard text.utf8.starts(with: DialogueMarks.human.utf8) else { return Self.said(text) }
      return Self.turns(of: text)
    case .messages(let messages):
      return messages.reduce(into: .empty) { $0 += Self.turn($1.role, $1.content) }
    }
  }

  private static func said(_ text: String) -> Markup {
    .element("div", ["class": "said"], .text(text))
  }

  private static func turn(_ speaker: String, _ text: String) -> Markup {
    .element(
      "div", ["class": "turn"], .element("span", ["class": "speaker"], .text(speaker)),
      said(text))
  }

  /// A dialogue that is one text, taken apart at its marks.
  private static func turns(of text: String) -> Markup {
    var (markup, rest) = (Markup.empty, text[...])
    while !rest.isEmpty {
      let isHuman = rest.hasPrefix(DialogueMarks.human)
      let mark = isHuman ? DialogueMarks.human : DialogueMarks.assistant
      let content = rest.dropFirst(mark.count)
      let ends = [DialogueMarks.human, DialogueMarks.assistant].compactMap {
        content.firstRange(of: $0)?.lowerBound
      }
      let end = ends.min() ?? content.endIndex
      let said = content[..<end].drop(while: \.isWhitespace)
      if !said.isEmpty { markup += turn(isHuman ? "human" : "assistant", String(said)) }
      rest = content[end...]
    }
    return markup
  }
}
