/// Reads records of one type, whichever container and form they come in.
///
///     let pairs = try RecordReader.preferencePairs.read(["pairs.jsonl.gz"])
///
/// All rows of all files are looked at before anything is thrown, so that one run shows every
/// malformed row. What each file holds is decided by its columns; see ``RecordKind``. Beside the
/// records, one row is in memory at a time.
public struct RecordReader<Record: Sendable>: Sendable {
  /// What the records are.
  public let type: RecordType
  var fields: FieldSelection = .records
  let decode: @Sendable (inout RowDecoder, RecordKind) -> RowOutcome<Record>

  /// Reads files one after the other.
  ///
  /// - Parameters:
  ///   - paths: Files that end in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  ///   - strict: Whether rows that cannot be used are an error rather than left out and counted.
  /// - Returns: The usable rows in order, at least one.
  /// - Throws: ``DataError``; for malformed rows one error that tells of all of them.
  public func read(
    _ paths: [String], strict: Bool = false
  ) throws(DataError) -> Dataset<Record> {
    var all = FileContent<Record>()
    for path in paths { all.append(try content(of: path)) }
    guard all.malformed.count == 0 else { throw .malformed(all.malformed) }
    if strict && all.dropped.total > 0 { throw .unusable(all.dropped) }
    guard !all.records.isEmpty else {
      throw .nothingLeft(paths: paths, dropped: all.dropped)
    }
    return Dataset(records: all.records, dropped: all.dropped)
  }

  private func content(of path: String) throws(DataError) -> FileContent<Record> {
    let pass = try TablePass(path, fields: fields, into: FileContent<Record>()) { columns in
      type.kind(of: columns)
    } add: { content, row, kind in
      content.add(RowReading(row, as: kind, of: [type], decode: decode))
    }
    try type.check(pass.columns, of: path)
    return pass.state
  }
}

/// What one file or several came to.
private struct FileContent<Record> {
  private(set) var records: [Record] = []
  private(set) var dropped = DroppedRows()
  private(set) var malformed = MalformedRows()

  mutating func add(_ row: RowReading<Record>) {
    switch row.outcome {
    case .record(let record): records.append(record)
    case .unusable(let reason): dropped.add(reason, at: row.source)
    case .malformed: malformed.add(row.problems)
    }
  }

  mutating func append(_ other: consuming FileContent) {
    if records.isEmpty {
      records = other.records
    } else {
      records += other.records
    }
    dropped.merge(other.dropped)
    malformed.merge(other.malformed)
  }
}
