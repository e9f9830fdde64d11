public import PreferenceData

/// The judged completions of some files.
public struct JudgedData: Sendable {
  /// The usable rows in order.
  public let rows: [JudgedCompletions]
  /// The rows that were left out.
  public let dropped: DroppedRows

  /// Known rows.
  ///
  /// - Parameters:
  ///   - rows: The usable rows.
  ///   - dropped: The rows that were left out.
  public init(rows: [JudgedCompletions], dropped: DroppedRows = DroppedRows()) {
    self.rows = rows
    self.dropped = dropped
  }

  /// Reads preference pairs and rankings.
  ///
  /// Gold scores are `gold_chosen` and `gold_rejected` of a pair, `gold` of a ranking; people's votes are
  /// `votes`, an object with the numbers `chosen` and `rejected`. The category is
  /// the field asked for; without one `category`, else `kind`, else either of these in `metadata`.
  ///
  /// - Parameters:
  ///   - paths: Files that end in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  ///   - category: The field that names a row's category.
  /// - Throws: `DataError`, or ``PipelineError`` for messages, and where no row has the field.
  public init(_ paths: [String], category: String? = nil) throws {
    var content = JudgedRows()
    for path in paths { try content.read(path, category: category) }
    guard content.malformed.count == 0 else { throw DataError.malformed(content.malformed) }
    if let source = content.messages { throw PipelineError.messages(source) }
    guard !content.rows.isEmpty else {
      throw DataError.nothingLeft(paths: paths, dropped: content.dropped)
    }
    if let category, content.rows.allSatisfy({ $0.category == nil }) {
      throw PipelineError.missingField(category, paths: paths)
    }
    rows = content.rows
    dropped = content.dropped
  }
}

/// What some files came to.
private struct JudgedRows {
  private(set) var rows: [JudgedCompletions] = []
  private(set) var dropped = DroppedRows()
  private(set) var malformed = MalformedRows()
  /// The first row that holds messages.
  private(set) var messages: SourceLocation?

  /// The fields that are looked at besides those of records.
  private static let names: Set = [
    "category", "kind", "metadata", "gold", "gold_chosen", "gold_rejected", "votes",
  ]

  mutating func read(_ path: String, category: String?) throws {
    let names = Self.names.union([category].compactMap(\.self))
    let scan = try DataScan(path, keeping: names, into: [DataRow]()) { $0.append($1) }
    let kinds = RecordKind.allCases.filter { $0.type == .preference || $0.type == .ranking }
    if let kind = scan.kind, !kinds.contains(kind) {
      throw DataError.wrongKind(
        path: path, seen: kind, columns: kind.requiredFields, allowed: kinds)
    }
    for row in scan.state { add(row, category: category) }
  }

  private mutating func add(_ row: DataRow, category: String?) {
    let fields = row.furtherFields
    switch row.content {
    case .record(.preference(let pair)):
      add(
        pair.prompt, [pair.chosen, pair.rejected], ranks: [1, 2],
        gold: fields.number("gold_chosen").flatMap { chosen in
          fields.number("gold_rejected").map { [chosen, $0] }
        },
        category: fields.category(category), margin: pair.margin, weight: pair.weight,
        votes: fields.votes, at: pair.source)
    case .record(.ranking(let ranking)):
      add(
        ranking.prompt, ranking.completions, ranks: ranking.ranks,
        gold: fields.numbers("gold").flatMap { $0.count == ranking.ranks.count ? $0 : nil },
        category: fields.category(category), margin: nil, weight: 1, at: ranking.source)
    case .record: break
    case .unusable(let reason): dropped.add(reason, at: row.source)
    case .malformed(let problems): malformed.add(problems)
    }
  }

  private mutating func add(
    _ prompt: Passage, _ completions: [Passage], ranks: [Int], gold: [Double]?, category: String?,
    margin: Double?, weight: Double, votes: PairVotes? = nil, at source: SourceLocation
  ) {
    guard case .text(let prompt) = prompt else {
      messages = messages ?? source
      return
    }
    let texts = completions.compactMap { if case .text(let text) = $0 { text } else { nil } }
    guard texts.count == completions.count else {
      messages = messages ?? source
      return
    }
    rows.append(
      JudgedCompletions(
        prompt: prompt, completions: texts, ranks: ranks, gold: gold, category: category,
        margin: margin, weight: weight, votes: votes, source: source))
  }
}

extension JSONObject {
  /// How many people preferred each side, as `attune annotate export` writes it.
  fileprivate var votes: PairVotes? {
    guard case .object(let votes)? = self["votes"],
      let chosen = votes.number("chosen").flatMap(Int.init(exactly:)), chosen >= 0,
      let rejected = votes.number("rejected").flatMap(Int.init(exactly:)), rejected >= 0
    else { return nil }
    return PairVotes(chosen: chosen, rejected: rejected)
  }

  /// The category that a row names.
  fileprivate func category(_ name: String?) -> String? {
    if let name { return label(name) }
    if let label = label("category") ?? label("kind") { return label }
    guard case .object(let metadata)? = self["metadata"] else { return nil }
    return metadata.label("category") ?? metadata.label("kind")
  }
}
