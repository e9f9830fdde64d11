import PreferenceData

/// A row of `attune sandbox judge`: what is to be judged, or why nothing is.
struct JudgingRow {
  /// What the row holds.
  enum Content {
    /// A completion for each of ``JudgingInput/sides``.
    case sides([String])
    /// Several completions of one side.
    case list([String])
    /// Nothing that can be judged, and why.
    case unusable(String)
  }

  /// The line on which the row began.
  let line: Int
  let prompt: String
  let content: Content

  /// A row that holds something, or does not.
  init(line: Int, prompt: String, content: Content) {
    self.line = line
    self.prompt = prompt
    self.content = content
  }

  /// What a record has to be judged.
  init(_ record: DataRecord, line: Int) {
    switch record {
    case .demonstration(let record):
      self.init(line, record.prompt, .sides([record.completion.spoken]))
    case .unpaired(let record):
      self.init(line, record.prompt, .sides([record.completion.spoken]))
    case .preference(let record):
      self.init(line, record.prompt, .sides([record.chosen.spoken, record.rejected.spoken]))
    case .samples(let record):
      self.init(line, record.prompt, .list(record.completions.map(\.spoken)))
    case .ranking(let record):
      self.init(line, record.prompt, .list(record.completions.map(\.spoken)))
    case .text(let record): self.init(document: record.text.transcript, line: line)
    case .prompt(let record): self.init(line, record.prompt, .unusable("no completion"))
    }
  }

  private init(_ line: Int, _ prompt: Passage, _ content: Content) {
    self.init(line: line, prompt: prompt.transcript, content: content)
  }

  /// Of a text, what follows the last turn of the assistant is judged.
  private init(document: String, line: Int) {
    guard let last = document.utf8.ranges(of: DialogueMarks.assistant.utf8).last else {
      self.init(
        line: line, prompt: document,
        content: .unusable("the text has no turn of the assistant"))
      return
    }
    self.init(
      line: line, prompt: String(document[..<last.upperBound]),
      content: .sides([String(document[last.upperBound...])]))
  }
}

extension Passage {
  /// Messages as the world writes dialogues.
  fileprivate var transcript: String {
    switch self {
    case .text(let text): text
    case .messages(let messages):
      messages.map { "\($0.role == "assistant" ? "Assistant" : "Human"): \($0.content)" }
        .joined(separator: "\n\n")
    }
  }

  /// What is said, whoever says it.
  fileprivate var spoken: String {
    switch self {
    case .text(let text): text
    case .messages(let messages): messages.map(\.content).joined(separator: "\n\n")
    }
  }
}
