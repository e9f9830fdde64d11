/// Everything there is to say about a file before anything is trained on it.
public struct ValidationReport: Sendable, Hashable {
  /// The file.
  public let path: String
  /// What its columns make it, or nil where no kind of record has any of them.
  public let kind: RecordKind?
  /// The columns that this kind of record does not have and that nothing reads, by name.
  public let ignoredColumns: [String]
  /// The number of rows that can be used.
  public let usable: Int
  /// The rows that are well-formed but cannot be used.
  public let dropped: DroppedRows
  /// The rows that are not what the file claims to hold.
  public let malformed: MalformedRows
  /// The rows that hold messages: how many, and the first.
  public let messages: MessageRows

  /// The number of all rows.
  public var rows: Int { usable + dropped.total + malformed.count }
  /// Whether the file is good data: no row is malformed and one at least is usable.
  public var isValid: Bool { malformed.count == 0 && usable > 0 }

  /// Reads a file and looks at every row, one in memory at a time.
  ///
  /// - Parameters:
  ///   - path: A file that ends in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`, or a pipe.
  ///   - type: What the file must hold; without it, whatever its columns make it.
  /// - Throws: ``DataError`` where there are no rows to report on: the file is missing, damaged,
  ///   empty, of no known format, or of another type.
  public init(path: String, as type: RecordType? = nil) throws(DataError) {
    let scan = try DataScan(path, as: type, into: Counts()) { $0.add($1) }
    self.path = path
    kind = scan.kind
    ignoredColumns = scan.ignoredColumns
    usable = scan.state.usable
    dropped = scan.state.dropped
    malformed = scan.state.malformed
    messages = scan.state.messages
  }

  private struct Counts {
    var usable = 0
    var dropped = DroppedRows()
    var malformed = MalformedRows()
    var messages = MessageRows()

    mutating func add(_ row: DataRow) {
      if row.hasMessages { messages.add(row.source) }
      switch row.content {
      case .record: usable += 1
      case .unusable(let reason): dropped.add(reason, at: row.source)
      case .malformed(let problems): malformed.add(problems)
      }
    }
  }
}

/// The rows that hold messages, which need a chat template.
public struct MessageRows: Sendable, Hashable {
  /// How many.
  public private(set) var count = 0
  /// Where the first stands.
  public private(set) var first: SourceLocation?

  /// No rows.
  public init() {}

  /// Counts one more row.
  ///
  /// - Parameter source: Where it stands.
  public mutating func add(_ source: SourceLocation) {
    count += 1
    first = first ?? source
  }
}

extension ValidationReport: CustomStringConvertible {
  /// What the file holds, the counts, the reasons, and a line for each of the first problems.
  public var description: String {
    let title = kind?.title ?? "no kind of record that is known"
    var lines = [
      "\(path): \(title)",
      "\(rows) rows: \(usable) usable, \(dropped.total) unusable, \(malformed.count) malformed",
    ]
    if !ignoredColumns.isEmpty { lines.append("not read: \(ignoredColumns.quotedList)") }
    if dropped.total > 0 { lines.append(dropped.description) }
    if malformed.count > 0 { lines.append(malformed.list) }
    return lines.joined(separator: "\n")
  }
}
