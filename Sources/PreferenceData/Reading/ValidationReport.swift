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
  /// Everything that is wrong with the malformed rows, by line.
  public let problems: [RowProblem]

  /// The number of rows with at least one problem.
  public var malformed: Int { Set(problems.map(\.source)).count }
  /// The number of all rows.
  public var rows: Int { usable + dropped.total + malformed }
  /// Whether training on the file can start: no row is malformed and one at least is usable.
  public var isValid: Bool { problems.isEmpty && usable > 0 }

  /// Reads a file and looks at every row.
  ///
  /// - Parameter path: A file that ends in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  /// - Throws: ``DataError`` where there are no rows to report on: the file is missing, damaged,
  ///   empty or of no known format.
  public init(path: String) throws(DataError) {
    let table = try DataFormat.table(at: path)
    let columns = table.columns
    let kind = RecordKind.detect(columns: columns)
    let content = Self.content(of: table, as: kind)
    self.path = path
    self.kind = kind
    let known = kind.map { $0.requiredFields + $0.optionalFields } ?? []
    self.ignoredColumns = kind == nil ? [] : columns.subtracting(known).sorted()
    self.usable = content.records.count
    self.dropped = content.dropped
    self.problems = content.problems
  }

  private static func content(of table: Table, as kind: RecordKind?) -> FileContent<Void> {
    switch kind {
    case .explicitPreference, .implicitPreference, .comparison:
      RecordReader.preferencePairs.content(of: table, as: kind).withoutRecords
    case .ranking: RecordReader.rankings.content(of: table, as: kind).withoutRecords
    case .demonstration: RecordReader.demonstrations.content(of: table, as: kind).withoutRecords
    case .unpaired: RecordReader.unpairedCompletions.content(of: table, as: kind).withoutRecords
    case .prompt: RecordReader.prompts.content(of: table, as: kind).withoutRecords
    case .text: RecordReader.documents.content(of: table, as: kind).withoutRecords
    case nil:
      RecordReader<Never>(kinds: RecordKind.allCases, decode: { _, _ in .malformed })
        .content(of: table, as: nil).withoutRecords
    }
  }
}

extension FileContent {
  fileprivate var withoutRecords: FileContent<Void> {
    FileContent<Void>(records: records.map { _ in () }, dropped: dropped, problems: problems)
  }
}

extension ValidationReport: CustomStringConvertible {
  /// What the file holds, the counts, the reasons, and a line for each problem.
  public var description: String {
    let title = kind?.title ?? "no kind of record that is known"
    var lines = [
      "\(path): \(title)",
      "\(rows) rows: \(usable) usable, \(dropped.total) unusable, "
        + "\(malformed) malformed",
    ]
    if !ignoredColumns.isEmpty { lines.append("not read: \(ignoredColumns.quotedList)") }
    if dropped.total > 0 { lines.append(dropped.description) }
    lines += problems.map(\.description)
    return lines.joined(separator: "\n")
  }
}
