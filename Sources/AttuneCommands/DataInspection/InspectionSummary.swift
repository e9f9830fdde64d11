import PreferenceData
import Tokenization

/// What all rows of some files come to, counted as they pass.
struct InspectionSummary {
  /// Rows by what became of them.
  private(set) var rows = 0
  private(set) var usable = 0
  private(set) var dropped = DroppedRows()
  private(set) var malformed = MalformedRows()
  private(set) var messages = MessageRows()

  /// The lengths of usable rows before cutting, in order of the columns' first appearance.
  private(set) var lengths: [(column: String, counts: LengthCounts)] = []
  /// Rows of which `max_length` cuts something off, and what it cuts off.
  private(set) var cutRows = 0
  private(set) var cutTokens = 0
  /// Rows whose prompt's last token merges with a completion.
  private(set) var mergedRows = 0

  /// Tokens of all sequences, prompts included each time, and of the batches that share prompts.
  private(set) var unpackedTokens = 0
  private(set) var packedTokens = 0

  /// Comparisons of a better with a worse completion, by which of them is longer.
  private(set) var longerBetter = 0
  private(set) var longerWorse = 0
  private(set) var equallyLong = 0

  private(set) var repetitions = Repetitions()
  private(set) var margins = 0
  /// Rows whose weight is not 1, and the range of all weights.
  private(set) var weighted = 0
  private(set) var weights: ClosedRange<Double>?

  /// Rows that were not tokenized, for whatever reason.
  mutating func add(_ reason: DropReason, at source: SourceLocation) {
    rows += 1
    dropped.add(reason, at: source)
  }

  mutating func add(_ problems: [RowProblem]) {
    rows += 1
    malformed.add(problems)
  }

  mutating func addMessages(at source: SourceLocation) {
    rows += 1
    messages.add(source)
  }

  /// A tokenized row.
  mutating func add(_ row: InspectedRow, of record: DataRecord) {
    if let reason = row.dropped { return add(reason, at: row.source) }
    rows += 1
    usable += 1
    repetitions.add(record)
    if !row.sides.contains(where: { $0.role == .text }) { count(row.prompt.count, "prompt") }
    for side in row.sides { count(side.length, side.role.column) }
    cutRows += row.cutTokens > 0 ? 1 : 0
    cutTokens += row.cutTokens
    mergedRows += row.merged.isEmpty ? 0 : 1
    countPacking(row)
    compareLengths(row.sides)
    if row.margin != nil { margins += 1 }
    if row.weight != 1 { weighted += 1 }
    let range = weights ?? row.weight...row.weight
    weights = min(range.lowerBound, row.weight)...max(range.upperBound, row.weight)
  }

  private mutating func count(_ length: Int, _ column: String) {
    if let index = lengths.firstIndex(where: { $0.column == column }) {
      lengths[index].counts.add(length)
    } else {
      var counts = LengthCounts()
      counts.add(length)
      lengths.append((column, counts))
    }
  }

  private mutating func countPacking(_ row: InspectedRow) {
    let group = row.sides.map {
      PackedBatch.Sequence(prompt: row.prompt, completion: $0.kept)
    }
    unpackedTokens += group.reduce(0) { $0 + $1.ids.count }
    packedTokens += PackedBatch([group]).tokens.count
  }

  private mutating func compareLengths(_ sides: [InspectedRow.Side]) {
    for (index, side) in sides.enumerated() {
      for other in sides.dropFirst(index + 1) {
        guard let order = side.role.isBetter(than: other.role) else { continue }
        let (better, worse) = order ? (side, other) : (other, side)
        longerBetter += better.length > worse.length ? 1 : 0
        longerWorse += better.length < worse.length ? 1 : 0
        equallyLong += better.length == worse.length ? 1 : 0
      }
    }
  }

  /// The share of tokens that sharing prompts saves.
  var savedShare: Double {
    unpackedTokens > 0 ? 1 - Double(packedTokens) / Double(unpackedTokens) : 0
  }

  /// How many comparisons there are.
  var comparisons: Int { longerBetter + longerWorse + equallyLong }
}

extension InspectedRow.Role {
  /// Whether a side of this role is preferred to another; nil where nobody said.
  fileprivate func isBetter(than other: Self) -> Bool? {
    switch (self, other) {
    case (.chosen, .rejected): true
    case (.ranked(let rank), .ranked(let other)) where rank != other: rank < other
    default: nil
    }
  }
}
