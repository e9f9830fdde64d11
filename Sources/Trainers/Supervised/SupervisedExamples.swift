internal import Oversight
internal import PreferenceData
internal import Tokenization

/// Reads files of records of any kind into sequences, one record in memory at a time.
struct SupervisedExamples {
  /// The sequences, in the order of the files.
  private(set) var examples: [SupervisedExample] = []
  /// Rows that were left out, by reason.
  private(set) var dropped = DroppedRows()
  /// How many records there were of each type.
  private(set) var records: [RecordType: Int] = [:]
  /// How many texts were cut at their end.
  private(set) var cut = 0
  private var malformed = MalformedRows()
  /// The first error of tokenization.
  private var error: TrainingError?

  private static let kinds = RecordKind.allCases.filter { $0 != .prompt && $0 != .samples }

  private init() {}

  /// Reads files one after the other.
  ///
  /// - Parameters:
  ///   - files: Data files.
  ///   - tokenization: How texts become sequences.
  ///   - strict: Whether a row that is left out is an error.
  /// - Throws: `DataError` for malformed rows, if nothing is left, or for rows that are left out when
  ///   `strict`; ``TrainingError`` for what cannot be tokenized.
  init(_ files: [String], tokenization: some TextTokenization, strict: Bool) throws {
    for file in files {
      let scan = try DataScan(file, into: Self()) { $0.add($1, tokenization) }
      if let kind = scan.kind, !Self.kinds.contains(kind) {
        throw DataError.wrongKind(
          path: file, seen: kind, columns: kind.requiredFields, allowed: Self.kinds)
      }
      append(scan.state)
    }
    guard malformed.count == 0 else { throw DataError.malformed(malformed) }
    if let error { throw error }
    if strict && dropped.total > 0 { throw DataError.unusable(dropped) }
    if examples.isEmpty { throw DataError.nothingLeft(paths: files, dropped: dropped) }
  }

  private mutating func add(_ row: DataRow, _ tokenization: some TextTokenization) {
    switch row.content {
    case .record(let record): add(record, at: row.source, tokenization)
    case .unusable(let reason): dropped.add(reason, at: row.source)
    case .malformed(let problems): malformed.add(problems)
    }
  }

  private mutating func add(
    _ record: DataRecord, at source: SourceLocation, _ tokenization: some TextTokenization
  ) {
    guard error == nil else { return }
    records[record.type, default: 0] += 1
    do throws(TrainingError) {
      switch try record.learnedPart {
      case .nothing(let reason): dropped.add(reason, at: source)
      case .text(let text):
        try HeldOutPrompts.shipped.check(
          .text(text.prompt ?? text.completion), at: source)
        switch try tokenization.tokenize(text) {
        case .tokenized(let tokenized): add(tokenized, of: text)
        case .dropped(let reason): dropped.add(reason, at: source)
        }
      }
    } catch {
      self.error = error
    }
  }

  private mutating func add(_ tokenized: TokenizedText, of text: LearnedText) {
    let characters = text.whole.unicodeScalars.count
    for (index, sequence) in tokenized.sequences.enumerated() {
      examples.append(
        SupervisedExample(
          sequence: sequence, source: text.source, characters: index == 0 ? characters : 0,
          group: tokenized.group))
    }
    if tokenized.isCut { cut += 1 }
  }

  /// Adds what was read later.
  mutating func append(_ other: SupervisedExamples) {
    examples += other.examples
    dropped.merge(other.dropped)
    malformed.merge(other.malformed)
    records.merge(other.records, uniquingKeysWith: +)
    cut += other.cut
    error = error ?? other.error
  }
}

extension DataRecord {
  fileprivate var type: RecordType {
    switch self {
    case .preference: .preference
    case .ranking: .ranking
    case .demonstration: .demonstration
    case .unpaired: .unpaired
    case .samples: .samples
    case .prompt: .prompt
    case .text: .text
    }
  }
}
