internal import Oversight
internal import PreferenceData
internal import Tokenization
internal import TrainingConfiguration

/// The judged completions of a configuration: those to train on, those held out, and the rest.
struct RewardDataset {
  let training: [RewardItem]
  let heldOut: [RewardItem]
  /// Rows of all files that were left out, by reason.
  let dropped: DroppedRows

  /// Reads, checks, tokenizes and splits.
  ///
  /// - Throws: `DataError` for malformed rows, and if nothing is left; ``TrainingError`` for what
  ///   cannot be tokenized.
  init(_ configuration: RewardConfiguration, tokenization: RewardTokenization) throws {
    let data = configuration.data
    let all = try RewardItems(data.files, tokenization: tokenization, strict: data.strict)
    var dropped = all.dropped
    if !data.evaluationFiles.isEmpty {
      let evaluation = try RewardItems(
        data.evaluationFiles, tokenization: tokenization, strict: data.strict)
      (training, heldOut) = (all.items, evaluation.items)
      dropped.merge(evaluation.dropped)
    } else if let fraction = data.evaluationFraction {
      let prompts = all.items.map { Array($0.sequences[0].prefix($0.completionStart)) }
      let split = DatasetSplit(
        groups: prompts, fraction: fraction, seed: UInt64(configuration.run.seed))
      training = split.training.map { all.items[$0] }
      heldOut = split.heldOut.map { all.items[$0] }
    } else {
      (training, heldOut) = (all.items, [])
    }
    self.dropped = dropped
  }

  /// Tokens of the longest sequence.
  var longestSequence: Int {
    (training + heldOut).reduce(0) { max($0, $1.longest) }
  }
}

/// Reads files of pairs and rankings into items, one record in memory at a time.
private struct RewardItems {
  private(set) var items: [RewardItem] = []
  private(set) var dropped = DroppedRows()
  private var malformed = MalformedRows()
  /// The first error of tokenization.
  private var error: TrainingError?

  private static let kinds = RecordKind.allCases.filter {
    $0.type == .preference || $0.type == .ranking
  }

  private init() {}

  init(_ files: [String], tokenization: RewardTokenization, strict: Bool) throws {
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
    if items.isEmpty { throw DataError.nothingLeft(paths: files, dropped: dropped) }
  }

  private mutating func add(_ row: DataRow, _ tokenization: RewardTokenization) {
    switch row.content {
    case .record(let record):
      guard error == nil else { return }
      do throws(TrainingError) {
        switch record {
        case .preference(let pair):
          try HeldOutPrompts.shipped.check(pair.prompt, at: row.source)
          add(try tokenization.item(of: pair), at: row.source)
        case .ranking(let ranking):
          try HeldOutPrompts.shipped.check(ranking.prompt, at: row.source)
          add(try tokenization.item(of: ranking), at: row.source)
        case .demonstration, .unpaired, .samples, .prompt, .text: break
        }
      } catch {
        self.error = error
      }
    case .unusable(let reason): dropped.add(reason, at: row.source)
    case .malformed(let problems): malformed.add(problems)
    }
  }

  private mutating func add(_ outcome: RewardTokenization.Outcome, at source: SourceLocation) {
    switch outcome {
    case .item(let item): items.append(item)
    case .dropped(let reason): dropped.add(reason, at: source)
    }
  }

  private mutating func append(_ other: RewardItems) {
    items += other.items
    dropped.merge(other.dropped)
    malformed.merge(other.malformed)
    error = error ?? other.error
  }
}
