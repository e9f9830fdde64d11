public import PreferenceData

extension LabelledTexts {
  /// Reads files of any of these forms, each known by its columns:
  ///
  ///     {"text": …, "label": true}                        or false, 1, 0, or a name
  ///     {"text": …, "labels": {"toxic": true, …}}         or a list of those that are true
  ///     {"prompt": …, "completion": …, "label": true}     true is desirable, and so not harmful
  ///     {"prompt": …, "chosen": …, "rejected": …}         the rejected one is harmful
  ///     {"prompt": …, "corrects": [" (A)"], "incorrects": [" (B)"]}
  ///
  /// A named label says that the other names of the data are false. Texts with a prompt, and
  /// completions, can have `labels` too. The last form is that of the published HarmfulVsEthical.jsonl:
  /// a conversation, and which of the options that follow it is right, of which one says `harmful`.
  ///
  /// A `group` says which texts must be on one side of a split; without it, those whose dialogues begin
  /// alike.
  ///
  /// - Parameters:
  ///   - paths: Files that end in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  ///   - label: What a label without a name is called; of prompts with completions and of pairs, true is
  ///     what is not desirable.
  /// - Returns: The texts in order, one at least.
  /// - Throws: `DataError`; for malformed rows one error that tells of all of them.
  public static func read(
    _ paths: [String], label: String = "harmful"
  ) throws(DataError) -> LabelledTexts {
    var rows = LabelledRows(label: label)
    for path in paths { try rows.read(path) }
    guard rows.malformed.count == 0 else { throw .malformed(rows.malformed) }
    guard !rows.texts.isEmpty else { throw .nothingLeft(paths: paths, dropped: rows.dropped) }
    return LabelledTexts(rows.labelled, dropped: rows.dropped)
  }
}

/// What some files came to.
private struct LabelledRows {
  let label: String
  private(set) var texts: [LabelledText] = []
  private(set) var dropped = DroppedRows()
  private(set) var malformed = MalformedRows()
  /// Names that stand in lists, or alone, and the texts of which such a list is known.
  private var names: Set<String> = []
  private var listed: [Int] = []

  init(label: String) { self.label = label }

  /// The texts, names that a list does not have being false.
  var labelled: [LabelledText] {
    var texts = texts
    for index in listed {
      for name in names where texts[index].labels[name] == nil { texts[index].labels[name] = false }
    }
    return texts
  }

  /// The fields that are looked at besides those of records.
  private static let fields: Set = ["label", "labels", "corrects", "group"]

  mutating func read(_ path: String) throws(DataError) {
    let scan = try DataScan(path, keeping: Self.fields, into: [DataRow]()) { $0.append($1) }
    let kinds = RecordKind.allCases.filter {
      [.preference, .unpaired, .text].contains($0.type)
    }
    if let kind = scan.kind {
      let fits =
        switch kind.type {
        case .preference, .unpaired, .text: true
        case .demonstration: scan.state.contains { $0.furtherFields["labels"] != nil }
        case .prompt: scan.state.contains { $0.furtherFields["corrects"] != nil }
        case .ranking, .samples: false
        }
      guard fits else {
        throw .wrongKind(path: path, seen: kind, columns: kind.requiredFields, allowed: kinds)
      }
    }
    for row in scan.state { add(row) }
  }

  private mutating func add(_ row: DataRow) {
    switch row.content {
    case .record(let record): add(record, row)
    case .unusable(let reason): dropped.add(reason, at: row.source)
    case .malformed(let problems): malformed.add(problems)
    }
  }

  private mutating func add(_ record: DataRecord, _ row: DataRow) {
    switch record {
    case .preference(let pair):
      for (completion, isHarmful) in [(pair.chosen, false), (pair.rejected, true)] {
        add(
          pair.prompt.dialogue + completion.dialogue, prompt: pair.prompt.dialogue,
          .flags([label: isHarmful]), origin: .preference, row)
      }
    case .unpaired(let unpaired):
      let (prompt, completion) = (unpaired.prompt.dialogue, unpaired.completion.dialogue)
      if row.furtherFields["labels"] == nil {
        add(prompt + completion, prompt: prompt, .flags([label: !unpaired.isDesirable]), row)
      } else {
        addStated(prompt + completion, prompt: prompt, row)
      }
    case .demonstration(let demonstration):
      let prompt = demonstration.prompt.dialogue
      addStated(prompt + demonstration.completion.dialogue, prompt: prompt, row)
    case .text(let document): addStated(document.text.dialogue, prompt: nil, row)
    case .prompt(let prompt): addQuestion(prompt.prompt.dialogue, row)
    case .ranking, .samples: break
    }
  }

  private mutating func addStated(_ text: String, prompt: String?, _ row: DataRow) {
    switch StatedLabels.read(row, label: label) {
    case .success(let labels): add(text, prompt: prompt, labels, row)
    case .failure(let problem): malformed.add([problem.row])
    }
  }

  private mutating func addQuestion(_ question: String, _ row: DataRow) {
    switch HarmQuestion.read(question, row) {
    case .success(let question):
      add(question.conversation, prompt: nil, .flags([label: question.isHarmful]), row)
    case .failure(let problem): malformed.add([problem.row])
    }
  }

  private mutating func add(
    _ text: String, prompt: String?, _ labels: StatedLabels, origin: LabelledText.Origin = .stated,
    _ row: DataRow
  ) {
    let flags: [String: Bool]
    switch labels {
    case .flags(let known): flags = known
    case .names(let known):
      flags = Dictionary(known.map { ($0, true) }) { first, _ in first }
      names.formUnion(known)
      listed.append(texts.count)
    }
    var group = prompt?.opening
    if case .string(let name)? = row.furtherFields["group"] { group = name }
    texts.append(
      LabelledText(text, labels: flags, group: group, origin: origin, source: row.source))
  }
}
