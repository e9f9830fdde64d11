internal import PreferenceData

/// A prompt as one of the two interfaces takes it.
enum CompletionPrompt: Hashable {
  /// What a chat template is to write out.
  case messages([Message])
  /// What is continued as it is.
  case text(String)

  /// A prompt for an interface.
  ///
  /// For a chat a dialogue of human and assistant becomes messages. It is one where turns of both follow
  /// one another from the first to a last of the assistant that is empty, for that one is asked for.
  /// Any other text, one with requests for a critique or a revision too, is what a user says.
  ///
  /// - Parameters:
  ///   - text: What is continued.
  ///   - api: The interface.
  init(_ text: String, for api: CompletionAPI) {
    switch api {
    case .chat: self = .messages(Self.turns(of: text) ?? [Message(role: "user", content: text)])
    case .text: self = .text(text)
    }
  }

  private static func turns(of prompt: String) -> [Message]? {
    let others = [DialogueMarks.critiqueRequest, DialogueMarks.revisionRequest]
    // Some dialogues do not begin with the empty line of their first mark.
    let text = "\n\n" + prompt.drop { $0 == "\n" }
    guard !others.contains(where: text.contains), text.hasPrefix(DialogueMarks.human) else {
      return nil
    }
    let marks = [("user", DialogueMarks.human), ("assistant", DialogueMarks.assistant)]
      .flatMap { role, mark in text.utf8.ranges(of: mark.utf8).map { (role: role, range: $0) } }
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
    let ends = marks.dropFirst().map(\.range.lowerBound) + [text.endIndex]
    var messages = zip(marks, ends).map { mark, end in
      Message(role: mark.role, content: text[mark.range.upperBound..<end].trimmed)
    }
    let isInTurns = messages.enumerated().allSatisfy { place, message in
      message.role == (place.isMultiple(of: 2) ? "user" : "assistant")
    }
    guard isInTurns, let last = messages.popLast(), last.role == "assistant", last.content.isEmpty,
      messages.allSatisfy({ !$0.content.isEmpty })
    else { return nil }
    return messages
  }
}

extension Substring {
  /// Without white space around it.
  fileprivate var trimmed: String {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
