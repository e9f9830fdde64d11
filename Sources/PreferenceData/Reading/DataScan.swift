/// Goes through the records of a file, of whatever kind, without keeping them: memory does not grow
/// with the rows.
///
///     let scan = try DataScan("pairs.jsonl.gz", into: 0) { count, row in
///       if case .record = row.content { count += 1 }
///     }
public struct DataScan<State> {
  /// What was made of the rows.
  public let state: State
  /// What the file's columns make it, or nil where no kind of record has any of them.
  public let kind: RecordKind?
  /// The columns that this kind of record does not have and that nothing reads, by name; of very
  /// many, the first.
  public let ignoredColumns: [String]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: A file that ends in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`, or a pipe.
  ///   - type: What the file must hold; without it, whatever its columns make it.
  ///   - furtherFields: Names of fields that no record has and that ``DataRow/furtherFields`` is to hold.
  ///   - initial: What there is before the first row.
  ///   - add: Takes in a row. Where a late row makes the file another kind, it starts anew from
  ///     `initial`.
  /// - Throws: ``DataError`` where there are no rows to look at: the file is missing, damaged,
  ///   empty, of no known format, or of another type.
  public init(
    _ path: String, as type: RecordType? = nil, keeping furtherFields: Set<String> = [],
    into initial: State,
    add: (inout State, DataRow) -> Void
  ) throws(DataError) {
    let types = type.map { [$0] } ?? RecordType.allCases
    let pass = try TablePass(path, fields: .records(and: furtherFields), into: initial) { columns in
      type.map { $0.kind(of: columns) } ?? columns.kind
    } add: { state, row, kind in
      let reading = RowReading(row, as: kind, of: types, decode: DataRecord.decode)
      add(&state, DataRow(reading, keeping: furtherFields))
    }
    try type?.check(pass.columns, of: path)
    state = pass.state
    kind = pass.kind
    let known = pass.kind.map { $0.requiredFields + $0.optionalFields } ?? []
    ignoredColumns =
      pass.kind == nil
      ? [] : pass.columns.all.subtracting(known).subtracting(furtherFields).sorted()
  }
}

/// A row of a file, and what became of it.
public struct DataRow: Sendable {
  /// What became of a row.
  public enum Content: Sendable {
    /// A usable record.
    case record(DataRecord)
    /// A well-formed row that cannot be used.
    case unusable(DropReason)
    /// Not what its file claims to hold, and why.
    case malformed([RowProblem])
  }

  /// Where it stood.
  public let source: SourceLocation
  /// What became of it.
  public let content: Content
  /// Whether some text of the row is a list of messages.
  public let hasMessages: Bool
  /// The values of the further fields that the scan was asked to keep, where the row has them; cells of
  /// CSV are text.
  public let furtherFields: JSONObject

  init(_ row: RowReading<DataRecord>, keeping names: Set<String>) {
    furtherFields = names.isEmpty ? [:] : row.fields.filtered(by: names)
    source = row.source
    hasMessages = row.hasMessages
    switch row.outcome {
    case .record(let record): content = .record(record)
    case .unusable(let reason): content = .unusable(reason)
    case .malformed: content = .malformed(row.problems)
    }
  }
}
