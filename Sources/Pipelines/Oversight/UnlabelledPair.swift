public import PreferenceData

/// Two answers to a prompt of which a model is to say which is better.
public struct UnlabelledPair: Sendable, Hashable {
  /// What both answer.
  public let prompt: String
  /// The answer that is shown first.
  public let first: String
  /// The answer that is shown second.
  public let second: String
  /// Whether the data has the first answer as the better one; `nil` where it does not say.
  public let firstIsBetter: Bool?
  /// Where the row stood.
  public let source: SourceLocation

  /// Reads pairs of answers: preference pairs, whose judgments are kept aside to compare with, and lists of
  /// sampled completions, of which the first two are a pair, and the next two; those that do not differ are left out.
  ///
  /// - Parameters:
  ///   - paths: Files that end in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  ///   - seed: Decides which answer of a judged pair is shown first: a coin each.
  /// - Returns: At least one pair, and what was left out.
  /// - Throws: `DataError` for what cannot be read; ``PipelineError/messages(_:)``.
  public static func read(_ paths: [String], seed: UInt64) throws -> Dataset<UnlabelledPair> {
    var found = Found(random: SeededGenerator(seed: seed))
    for path in paths {
      let scan = try DataScan(path, into: found) { $0.add($1) }
      found = scan.state
      let allowed = RecordType.preference.kinds + RecordType.samples.kinds
      if let kind = scan.kind, !allowed.contains(kind) {
        throw DataError.wrongKind(
          path: path, seen: kind, columns: kind.requiredFields, allowed: allowed)
      }
    }
    guard found.malformed.count == 0 else { throw DataError.malformed(found.malformed) }
    if let source = found.messages { throw PipelineError.messages(source) }
    guard !found.pairs.isEmpty else {
      throw DataError.nothingLeft(paths: paths, dropped: found.dropped)
    }
    return Dataset(records: found.pairs, dropped: found.dropped)
  }

  private struct Found {
    var pairs: [UnlabelledPair] = []
    var dropped = DroppedRows()
    var malformed = MalformedRows()
    var messages: SourceLocation?
    var random: SeededGenerator

    init(random: SeededGenerator) { self.random = random }

    mutating func add(_ row: DataRow) {
      switch row.content {
      case .record(.preference(let pair)):
        add(pair.prompt, pair.chosen, pair.rejected, isJudged: true, pair.source)
      case .record(.samples(let group)):
        for place in stride(from: 0, to: group.completions.count - 1, by: 2) {
          let (first, second) = (group.completions[place], group.completions[place + 1])
          if first == second {
            dropped.add(.identicalSides, at: group.source)
          } else {
            add(group.prompt, first, second, isJudged: false, group.source)
          }
        }
      case .record: break
      case .unusable(let reason): dropped.add(reason, at: row.source)
      case .malformed(let problems): malformed.add(problems)
      }
    }

    private mutating func add(
      _ prompt: Passage, _ one: Passage, _ other: Passage, isJudged: Bool, _ source: SourceLocation
    ) {
      guard case .text(let prompt) = prompt, case .text(let one) = one,
        case .text(let other) = other
      else {
        messages = messages ?? source
        return
      }
      let isExchanged = isJudged && random.uniform(below: 2) == 1
      pairs.append(
        UnlabelledPair(
          prompt: prompt, first: isExchanged ? other : one, second: isExchanged ? one : other,
          firstIsBetter: isJudged ? !isExchanged : nil, source: source))
    }
  }
}
