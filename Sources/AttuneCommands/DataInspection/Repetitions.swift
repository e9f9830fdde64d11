import PreferenceData

/// Rows and prompts that were there before, by 64-bit fingerprints of their bytes: in a million rows
/// the chance that two different ones are taken for the same is below one in a million.
struct Repetitions {
  private var rowsSeen: Set<Int> = []
  private var promptsSeen: Set<Int> = []
  /// Rows whose texts and judgment are those of an earlier row.
  private(set) var rows = 0
  /// Rows whose prompt is that of an earlier row.
  private(set) var prompts = 0

  /// Takes in a record.
  mutating func add(_ record: DataRecord) {
    var row = Hasher()
    switch record {
    case .preference(let pair):
      add(pair.prompt, [pair.chosen, pair.rejected], to: &row)
    case .ranking(let ranking):
      add(ranking.prompt, ranking.completions, to: &row)
      row.combine(ranking.ranks)
    case .demonstration(let demonstration):
      add(demonstration.prompt, [demonstration.completion], to: &row)
    case .unpaired(let unpaired):
      add(unpaired.prompt, [unpaired.completion], to: &row)
      row.combine(unpaired.isDesirable)
    case .samples(let group): add(group.prompt, group.completions, to: &row)
    case .prompt(let prompt): row.combine(bytesOf: prompt.prompt)
    case .text(let document): row.combine(bytesOf: document.text)
    }
    if !rowsSeen.insert(row.finalize()).inserted { rows += 1 }
  }

  private mutating func add(_ prompt: Passage, _ completions: [Passage], to row: inout Hasher) {
    row.combine(bytesOf: prompt)
    // A copy of the state so far: the prompt alone.
    if !promptsSeen.insert(row.finalizedCopy()).inserted { prompts += 1 }
    for completion in completions { row.combine(bytesOf: completion) }
  }
}

extension Hasher {
  fileprivate func finalizedCopy() -> Int {
    let copy = self
    return copy.finalize()
  }

  /// Bytes, not characters: `String` hashes a composed accent as a decomposed one.
  fileprivate mutating func combine(bytesOf passage: Passage) {
    switch passage {
    case .text(let text): combine(bytesOf: text)
    case .messages(let messages):
      for message in messages {
        combine(bytesOf: message.role)
        combine(bytesOf: message.content)
      }
      combine(messages.count)
    }
  }

  private mutating func combine(bytesOf text: String) {
    var text = text
    text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
    combine(text.utf8.count)
  }
}
