package import PreferenceData

extension DataRecord {
  /// The texts of a record: of messages, what each of them says.
  package var texts: [String] {
    switch self {
    case .preference(let pair): pair.prompt.texts + pair.chosen.texts + pair.rejected.texts
    case .ranking(let ranking): ranking.prompt.texts + ranking.completions.flatMap(\.texts)
    case .demonstration(let demonstration):
      demonstration.prompt.texts + demonstration.completion.texts
    case .unpaired(let unpaired): unpaired.prompt.texts + unpaired.completion.texts
    case .samples(let group): group.prompt.texts + group.completions.flatMap(\.texts)
    case .prompt(let prompt): prompt.prompt.texts
    case .text(let document): document.text.texts
    }
  }
}

extension Passage {
  fileprivate var texts: [String] {
    switch self {
    case .text(let text): [text]
    case .messages(let messages): messages.map(\.content)
    }
  }
}
