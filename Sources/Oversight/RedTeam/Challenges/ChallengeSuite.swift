public import PreferenceData

/// Challenges that belong together.
///
///     let suite = try ChallengeSuite(file: "suite.jsonl")
///     suite.open.challenges     // those whose answers may be learned from
///     suite.heldOut.challenges  // those that only measure
public struct ChallengeSuite: Sendable, Hashable {
  /// The challenges in their order; no id occurs twice.
  public let challenges: [Challenge]

  /// A suite of known challenges.
  ///
  /// - Parameter challenges: Challenges of different ids.
  public init(_ challenges: [Challenge]) {
    precondition(
      Set(challenges.map(\.id)).count == challenges.count, "two challenges have one id")
    self.challenges = challenges
  }

  /// Reads a suite.
  ///
  /// Rows have a `prompt` and may have `id` (or else `row-1`, `row-2`, …), `pair` (or else the id),
  /// `category` (or else `uncategorized`), `harmful` (or else true) and `held_out` (or else false). A
  /// harmful challenge needs no twin.
  ///
  /// - Parameter path: A file that ends in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  /// - Throws: `DataError`; for rows that are no challenges, one error that tells of all of them.
  public init(file path: String) throws(DataError) {
    let rows = try RecordReader.promptsWithFields.read([path])
    try self.init(
      rows.records, blank: DropReason.allCases.flatMap { rows.dropped.examples(of: $0) })
  }

  /// Takes rows for challenges.
  ///
  /// - Parameters:
  ///   - rows: Prompts with their further fields.
  ///   - blank: Where rows stand that have no prompt.
  /// - Throws: `DataError/malformed(_:)`.
  init(_ rows: [Prompt], blank: [SourceLocation] = []) throws(DataError) {
    var malformed = MalformedRows()
    for source in blank {
      malformed.add([
        RowProblem(
          source: source, field: "prompt", seen: "no text", allowed: "what the model is asked",
          remedy: "write it, or remove the row")
      ])
    }
    var challenges: [Challenge] = []
    var places: [String: SourceLocation] = [:]
    for (index, row) in rows.enumerated() {
      let reading = ChallengeRow(row, number: index + 1)
      if let challenge = reading.challenge {
        if let first = places.updateValue(challenge.source, forKey: challenge.id) {
          malformed.add([Self.duplicate(challenge, of: first)])
        }
        challenges.append(challenge)
      } else {
        malformed.add(reading.problems)
      }
    }
    guard malformed.count == 0 else { throw .malformed(malformed) }
    self.challenges = challenges
  }

  private static func duplicate(_ challenge: Challenge, of first: SourceLocation) -> RowProblem {
    RowProblem(
      source: challenge.source, field: "id",
      seen: "\(JSONValue.string(challenge.id).summary), which \(first) has too",
      allowed: "an id that no other row has", remedy: "change one of the two")
  }

  /// The challenges on which nothing may be trained.
  public var heldOut: ChallengeSuite { ChallengeSuite(challenges.filter(\.isHeldOut)) }

  /// The challenges whose answers may be learned from.
  public var open: ChallengeSuite { ChallengeSuite(challenges.filter { !$0.isHeldOut }) }

  /// The categories in the order in which they appear.
  public var categories: [String] {
    var seen: Set<String> = []
    return challenges.map(\.category).filter { seen.insert($0).inserted }
  }
}
