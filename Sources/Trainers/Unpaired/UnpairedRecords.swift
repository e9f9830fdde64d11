internal import PreferenceData

/// The judged completions of some files: unpaired ones, and the sides of preference pairs.
///
/// Of a file of pairs come first all chosen completions, which are desirable, and then all rejected
/// ones, which are not: neighbours have different prompts, as KTO's mismatched completions need it.
struct UnpairedRecords {
  /// A completion as it was read.
  struct Completion: Equatable {
    let prompt: Passage
    let text: Passage
    let isDesirable: Bool
    /// How much it counts: that of its pair, or 1.
    var weight = 1.0
    let source: SourceLocation
  }

  private(set) var completions: [Completion] = []
  /// Rows that were left out, by reason.
  private(set) var dropped = DroppedRows()
  /// Preference pairs that were split.
  private(set) var pairs = 0
  /// Those of them that carry a margin, of which nothing is left.
  private(set) var pairsWithMargin = 0

  /// Reads files one after the other, each of one kind.
  ///
  /// - Parameters:
  ///   - paths: Files of unpaired completions or of preference pairs.
  ///   - strict: Whether rows that cannot be used are an error.
  /// - Throws: `DataError`; for malformed rows one error that tells of all files.
  init(_ paths: [String], strict: Bool) throws(DataError) {
    var malformed = MalformedRows()
    for path in paths {
      let content = try Content(path)
      completions += content.completions + content.rejected
      dropped.merge(content.dropped)
      pairs += content.pairs
      pairsWithMargin += content.pairsWithMargin
      malformed.merge(content.malformed)
    }
    guard malformed.count == 0 else { throw .malformed(malformed) }
    if strict && dropped.total > 0 { throw .unusable(dropped) }
    guard !completions.isEmpty else { throw .nothingLeft(paths: paths, dropped: dropped) }
  }
}

/// What one file came to.
private struct Content {
  /// Unpaired completions, or the chosen sides of pairs.
  var completions: [UnpairedRecords.Completion] = []
  /// The rejected sides of pairs.
  var rejected: [UnpairedRecords.Completion] = []
  var pairs = 0
  var pairsWithMargin = 0
  var dropped = DroppedRows()
  var malformed = MalformedRows()

  private init() {}

  init(_ path: String) throws(DataError) {
    let scan = try DataScan(path, into: Content()) { content, row in
      switch row.content {
      case .record(let record): content.add(record)
      case .unusable(let reason): content.dropped.add(reason, at: row.source)
      case .malformed(let problems): content.malformed.add(problems)
      }
    }
    if let kind = scan.kind, kind.type != .unpaired, kind.type != .preference {
      throw Self.wrongKind(path)
    }
    self = scan.state
  }

  private mutating func add(_ record: DataRecord) {
    switch record {
    case .unpaired(let row):
      completions.append(
        .init(
          prompt: row.prompt, text: row.completion, isDesirable: row.isDesirable,
          source: row.source))
    case .preference(let pair):
      pairs += 1
      if pair.margin != nil { pairsWithMargin += 1 }
      func side(_ text: Passage, isDesirable: Bool) -> UnpairedRecords.Completion {
        .init(
          prompt: pair.prompt, text: text, isDesirable: isDesirable, weight: pair.weight,
          source: pair.source)
      }
      completions.append(side(pair.chosen, isDesirable: true))
      rejected.append(side(pair.rejected, isDesirable: false))
    case .ranking, .demonstration, .samples, .prompt, .text:
      // The whole file is refused.
      break
    }
  }

  /// What the reader of unpaired completions says about a file of another kind, with both that are
  /// allowed.
  private static func wrongKind(_ path: String) -> DataError {
    do throws(DataError) {
      _ = try RecordReader.unpairedCompletions.read([path])
      return .unreadable(path: path, reason: "it changed while it was read")
    } catch {
      guard case .wrongKind(let path, let seen, let columns, let allowed) = error else {
        return error
      }
      return .wrongKind(
        path: path, seen: seen, columns: columns, allowed: allowed + RecordType.preference.kinds)
    }
  }
}
