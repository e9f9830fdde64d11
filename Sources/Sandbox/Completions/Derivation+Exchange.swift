extension Derivation {
  /// What the prompt is about; of several, the last.
  public var topic: PromptTopic? {
    marks.reversed().lazy.compactMap { mark in
      if case .prompt(let topic) = mark { topic } else { nil }
    }.first
  }

  /// What the completion is like; of several, the last.
  public var quality: Quality? {
    marks.reversed().lazy.compactMap { mark in
      if case .completion(let quality) = mark { quality } else { nil }
    }.first
  }

  /// The prompt of an exchange, up to and with the assistant's turn, and the completion.
  package var sides: (prompt: String, completion: String) {
    guard let turn = text.utf8.firstRange(of: SandboxWorld.turn.utf8) else { return (text, "") }
    return (String(text[..<turn.upperBound]), String(text[turn.upperBound...]))
  }
}
