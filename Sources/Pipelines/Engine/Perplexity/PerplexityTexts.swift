public import PreferenceData
public import Tokenization
internal import Trainers

/// The texts of some files as token ids, of which a language model's predictions are asked for.
public struct PerplexityTexts: Sendable {
  /// A text, or a completion of a prompt.
  struct Document: Sendable {
    /// What kind of text it is.
    let kind: String
    /// One sequence, or the blocks of a long text.
    let sequences: [PackedBatch.Sequence]
    let bytes: Int
    let characters: Int
    let generatorNats: Double?
  }

  /// For each row its documents: two of a pair.
  private(set) var rows: [[Document]] = []
  /// The rows that were left out.
  public private(set) var dropped = DroppedRows()

  private let tokenizer: Tokenizer
  private let completions: CompletionTokenization
  private let blocks: BlockTokenization
  private let maxLength: Int
  private let isFromEndOfSequence: Bool

  /// How many rows there are.
  public var count: Int { rows.count }

  /// Reads files.
  ///
  /// Of prompts with completions, the completions are predicted, with their end of sequence; a row
  /// whose prompt and completion are too long is left out. Of texts, everything is predicted but the
  /// first token; with `isFromEndOfSequence` that too, from the end-of-sequence token, and that token
  /// at the end. A long text is split into blocks.
  ///
  /// - Parameters:
  ///   - paths: Files that end in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  ///   - tokenizer: The model's tokenizer.
  ///   - directory: The model directory.
  ///   - maxLength: Tokens of a sequence, at least 2.
  ///   - isFromEndOfSequence: Whether texts stand between two end-of-sequence tokens.
  /// - Throws: `DataError`, `TrainingError`, or ``PipelineError/nothingToPredict(paths:)``.
  public init(
    _ paths: [String], tokenizer: Tokenizer, directory: String, maxLength: Int,
    isFromEndOfSequence: Bool
  ) throws {
    self.tokenizer = tokenizer
    self.maxLength = maxLength
    self.isFromEndOfSequence = isFromEndOfSequence
    completions = try CompletionTokenization(tokenizer: tokenizer, directory: directory)
    blocks = try BlockTokenization(tokenizer: tokenizer, directory: directory, length: maxLength)
    var malformed = MalformedRows()
    for path in paths {
      let scan = try DataScan(path, keeping: ["log_probability"], into: [DataRow]()) {
        $0.append($1)
      }
      if scan.kind == .prompt {
        throw DataError.wrongKind(
          path: path, seen: .prompt, columns: ["prompt"],
          allowed: RecordKind.allCases.filter { $0 != .prompt })
      }
      for row in scan.state {
        switch row.content {
        case .record(let record):
          let known = row.furtherFields.number("log_probability")
          try add(record, generatorNats: known.map { -$0 })
        case .unusable(let reason): dropped.add(reason, at: row.source)
        case .malformed(let problems): malformed.add(problems)
        }
      }
    }
    guard malformed.count == 0 else { throw DataError.malformed(malformed) }
    guard !rows.isEmpty else {
      throw dropped.total > 0
        ? DataError.nothingLeft(paths: paths, dropped: dropped)
        : PipelineError.nothingToPredict(paths: paths)
    }
  }

  private mutating func add(_ record: DataRecord, generatorNats: Double?) throws {
    switch record {
    case .preference(let row):
      try add(
        row.prompt, [(row.chosen, "chosen completions"), (row.rejected, "rejected completions")],
        at: row.source)
    case .ranking(let row):
      try add(row.prompt, row.completions.map { ($0, "ranked completions") }, at: row.source)
    case .demonstration(let row):
      try add(row.prompt, [(row.completion, "demonstrations")], at: row.source)
    case .unpaired(let row):
      let kind = row.isDesirable ? "desirable completions" : "undesirable completions"
      try add(row.prompt, [(row.completion, kind)], at: row.source)
    case .samples(let row):
      try add(row.prompt, row.completions.map { ($0, "sampled completions") }, at: row.source)
    case .text(let row): try add(row, generatorNats: generatorNats)
    case .prompt: break
    }
  }

  private mutating func add(
    _ prompt: Passage, _ completed: [(passage: Passage, kind: String)],
    at source: SourceLocation
  ) throws {
    let prompt = try prompt.text(at: source)
    let texts = try completed.map { try $0.passage.text(at: source) }
    let encoding = completions.encode(prompt: prompt, completions: texts)
    guard encoding.sequences.allSatisfy({ $0.count <= maxLength }) else {
      dropped.add(.tooLong, at: source)
      return
    }
    rows.append(
      zip(encoding.sequences, zip(texts, completed)).map { ids, text in
        Document(
          kind: text.1.kind,
          sequences: [
            PackedBatch.Sequence(
              prompt: Array(ids.prefix(encoding.shared)),
              completion: Array(ids.dropFirst(encoding.shared)))
          ],
          bytes: text.0.utf8.count, characters: text.0.unicodeScalars.count, generatorNats: nil)
      })
  }

  private mutating func add(_ row: PreferenceData.Document, generatorNats: Double?) throws {
    let text = try row.text.text(at: row.source)
    if isFromEndOfSequence {
      guard
        case .tokenized(let ids) = blocks.tokenize(
          LearnedText(prompt: nil, completion: text, source: row.source))
      else { return }
      add(text, ids.sequences, generatorNats: generatorNats)
      return
    }
    let ids = tokenizer.encode(text)
    let starts = stride(from: 0, to: ids.count - 1, by: maxLength - 1)
    let sequences = starts.map { start in
      PackedBatch.Sequence(
        prompt: [ids[start]],
        completion: Array(ids[(start + 1)..<min(start + maxLength, ids.count)]))
    }
    guard !sequences.isEmpty else {
      dropped.add(.emptyText, at: row.source)
      return
    }
    // What nothing predicts is not counted: the generator's own probability would be of more.
    let first = tokenizer.decode(ids.prefix(1), skipSpecialTokens: true)
    add(text, sequences, without: first, generatorNats: nil)
  }

  private mutating func add(
    _ text: String, _ sequences: [PackedBatch.Sequence], without first: String = "",
    generatorNats: Double?
  ) {
    rows.append([
      Document(
        kind: "texts", sequences: sequences,
        bytes: max(0, text.utf8.count - first.utf8.count),
        characters: max(0, text.unicodeScalars.count - first.unicodeScalars.count),
        generatorNats: generatorNats)
    ])
  }
}

extension Passage {
  /// Plain text.
  ///
  /// - Throws: ``PipelineError`` for messages.
  fileprivate func text(at source: SourceLocation) throws(PipelineError) -> String {
    guard case .text(let text) = self else { throw .messages(source) }
    return text
  }
}
