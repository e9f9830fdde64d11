/// Reads records of one type, whichever container and form they come in.
///
///     let pairs = try RecordReader.preferencePairs.read(["pairs.jsonl.gz"])
///
/// All rows of all files are looked at before anything is thrown, so that one run shows every
/// malformed row. What each file holds is decided by its columns; see ``RecordKind``.
public struct RecordReader<Record: Sendable>: Sendable {
  /// The kinds of file that hold such records.
  public let kinds: [RecordKind]
  let decode: @Sendable (inout RowDecoder, RecordKind) -> RowOutcome<Record>

  /// Reads files one after the other.
  ///
  /// - Parameters:
  ///   - paths: Files that end in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  ///   - strict: Whether rows that cannot be used are an error rather than left out and counted.
  /// - Returns: The usable rows in order, at least one.
  /// - Throws: ``DataError``; for malformed rows one error that holds all of them.
  public func read(
    _ paths: [String], strict: Bool = false
  ) throws(DataError) -> Dataset<Record> {
    var content = FileContent<Record>()
    for path in paths {
      let table = try DataFormat.table(at: path)
      content.merge(self.content(of: table, as: try kind(of: table)))
    }
    guard content.problems.isEmpty else { throw .malformed(content.problems) }
    if strict && content.dropped.total > 0 { throw .unusable(content.dropped) }
    guard !content.records.isEmpty else {
      throw .nothingLeft(paths: paths, dropped: content.dropped)
    }
    return Dataset(records: content.records, dropped: content.dropped)
  }

  /// What the table holds as far as this reader is concerned, or nil where its columns say nothing.
  private func kind(of table: Table) throws(DataError) -> RecordKind? {
    let columns = table.columns
    guard let seen = RecordKind.detect(columns: columns) else { return nil }
    if kinds.contains(seen) { return seen }
    // Prompts and texts are a column of their own in whatever file: pairs can serve as prompts.
    if let kind = kinds.first, kinds.count == 1, kind == .prompt || kind == .text,
      columns.isSuperset(of: kind.requiredFields)
    {
      return kind
    }
    throw .wrongKind(path: table.path, seen: seen, columns: columns.sorted(), allowed: kinds)
  }

  func content(of table: Table, as kind: RecordKind?) -> FileContent<Record> {
    var content = FileContent<Record>()
    content.problems = table.problems
    for row in table.rows {
      guard let kind else {
        content.problems.append(unknownShape(row))
        continue
      }
      var decoder = RowDecoder(row)
      let outcome = decode(&decoder, kind)
      content.problems += decoder.problems
      switch outcome {
      case .record(let record): content.records.append(record)
      case .unusable(let reason): content.dropped.add(reason, at: row.source)
      case .malformed: break
      }
    }
    content.problems.sort { $0.source.line < $1.source.line }
    return content
  }

  private func unknownShape(_ row: Row) -> RowProblem {
    let columns = row.columns.quotedList
    return RowProblem(
      source: row.source, field: nil,
      seen: columns.isEmpty ? "no fields" : "the fields \(columns)",
      allowed: kinds.map(\.summary).joined(separator: ", or "), remedy: "rename the fields")
  }
}

/// What one file or several came to.
struct FileContent<Record> {
  var records: [Record] = []
  var dropped = DroppedRows()
  var problems: [RowProblem] = []

  mutating func merge(_ other: FileContent) {
    records += other.records
    dropped.merge(other.dropped)
    problems += other.problems
  }
}
