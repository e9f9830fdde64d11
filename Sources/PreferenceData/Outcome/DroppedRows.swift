/// The rows that were left out: how many for which reason, and where the first of them stand.
public struct DroppedRows: Sendable, Hashable {
  private static let exampleLimit = 3

  private struct Entry: Hashable {
    var count = 0
    var examples: [SourceLocation] = []
  }

  private var entries: [DropReason: Entry] = [:]

  /// No rows.
  public init() {}

  /// The number of all rows left out.
  public var total: Int { entries.values.reduce(0) { $0 + $1.count } }

  /// The reasons that occurred, in the order in which ``DropReason`` declares them.
  public var reasons: [DropReason] { DropReason.allCases.filter { entries[$0] != nil } }

  /// The number of rows left out for that reason.
  ///
  /// - Parameter reason: The reason.
  public subscript(reason: DropReason) -> Int { entries[reason]?.count ?? 0 }

  /// Where the first few rows left out for that reason stand.
  ///
  /// - Parameter reason: The reason.
  /// - Returns: At most three places.
  public func examples(of reason: DropReason) -> [SourceLocation] {
    entries[reason]?.examples ?? []
  }

  /// Counts one more row.
  ///
  /// - Parameters:
  ///   - reason: Why it is left out.
  ///   - source: Where it stands.
  public mutating func add(_ reason: DropReason, at source: SourceLocation) {
    entries[reason, default: Entry()].count += 1
    if examples(of: reason).count < Self.exampleLimit {
      entries[reason, default: Entry()].examples.append(source)
    }
  }

  /// Counts the rows of both.
  ///
  /// - Parameter other: Rows that were left out later.
  public mutating func merge(_ other: DroppedRows) {
    for (reason, entry) in other.entries {
      entries[reason, default: Entry()].count += entry.count
      let room = Self.exampleLimit - examples(of: reason).count
      entries[reason, default: Entry()].examples += entry.examples.prefix(room)
    }
  }
}

extension DroppedRows: CustomStringConvertible {
  /// One line a reason; empty where nothing was left out.
  public var description: String {
    reasons.map { reason in
      let places = examples(of: reason).map(\.description)
      let more = self[reason] > places.count ? [String.ellipsis] : []
      let rows = self[reason] == 1 ? "1 row" : "\(self[reason]) rows"
      return "\(rows): \(reason) (\((places + more).joined(separator: ", ")))"
    }.joined(separator: "\n")
  }
}

extension String {
  static let ellipsis = "…"
}
