internal import Crypto
internal import PreferenceData
internal import Tokenization

/// Judged completions that are ready to be trained on, each with the place it came from.
struct JudgedCompletions: Sendable {
  /// Tokens of prompt and completion together; what is beyond is cut off at the end.
  let maxLength: Int
  /// The completions as token ids, row after row.
  private(set) var rows: [JudgedCompletion] = []
  /// For each row, its file and line.
  private(set) var sources: [SourceLocation] = []
  /// For each row, what it takes to compute.
  private(set) var costs: [ItemCost] = []
  /// Rows of the files that were left out, by reason.
  private(set) var dropped = DroppedRows()

  /// No completions.
  init(maxLength: Int) { self.maxLength = maxLength }

  /// Tokenizes records, dropping and counting those that are of no use.
  ///
  /// - Parameters:
  ///   - records: Completions with their weights, and what reading them dropped.
  ///   - tokenization: The rules.
  ///   - strict: Whether a dropped row is an error.
  ///   - files: What errors call the data.
  /// - Throws: ``TrainingError`` for messages; `DataError` if nothing is left, or for dropped rows
  ///   when `strict`.
  init(
    _ records: UnpairedRecords, tokenization: UnpairedTokenization, strict: Bool, files: [String]
  ) throws {
    self.init(maxLength: tokenization.maxLength)
    dropped = records.dropped
    // Both sides of a pair come from one row, which is counted once for a reason.
    var reasons: [SourceLocation: Set<DropReason>] = [:]
    for record in records.completions {
      switch try tokenization.tokenize(record) {
      case .tokenized(let row):
        rows.append(row)
        sources.append(record.source)
        costs.append(ItemCost([sequence(Continuation(of: rows.count - 1))]))
      case .dropped(let reason):
        if reasons[record.source, default: []].insert(reason).inserted {
          dropped.add(reason, at: record.source)
        }
      }
    }
    if strict && dropped.total > 0 { throw DataError.unusable(dropped) }
    if rows.isEmpty { throw DataError.nothingLeft(paths: files, dropped: dropped) }
  }

  /// Prompt and completion of a continuation, cut to the length.
  func sequence(_ continuation: Continuation) -> PackedBatch.Sequence {
    let prompt = rows[continuation.prompt].prompt
    let room = maxLength - prompt.count
    return PackedBatch.Sequence(
      prompt: prompt, completion: Array(rows[continuation.completion].completion.prefix(room)))
  }

  /// Tokens of the longest of some continuations, and of all rows.
  func longestSequence(with continuations: some Sequence<Continuation>) -> Int {
    let rows = rows.indices.lazy.map { Continuation(of: $0) }
    return max(rows.map(length).max() ?? 0, continuations.lazy.map(length).max() ?? 0)
  }

  private func length(_ continuation: Continuation) -> Int {
    min(
      maxLength,
      rows[continuation.prompt].prompt.count + rows[continuation.completion].completion.count)
  }

  /// Some of the rows, in the order given; what was dropped belongs to the whole alone.
  func subset(_ indices: [Int]) -> JudgedCompletions {
    var subset = JudgedCompletions(maxLength: maxLength)
    subset.rows = indices.map { rows[$0] }
    subset.sources = indices.map { sources[$0] }
    subset.costs = indices.map { costs[$0] }
    return subset
  }

  /// SHA-256 over the token ids, judgments and weights of all rows, in their order.
  var digest: String {
    var hash = SHA256()
    for row in rows {
      for ids in [row.prompt, row.completion] {
        withUnsafeBytes(of: ids.count) { hash.update(bufferPointer: $0) }
        ids.withUnsafeBytes { hash.update(bufferPointer: $0) }
      }
      let judgment: Double = row.isDesirable ? 1 : 0
      for number in [judgment, row.weight] {
        withUnsafeBytes(of: number.bitPattern) { hash.update(bufferPointer: $0) }
      }
    }
    return hexadecimal(hash.finalize())
  }
}
