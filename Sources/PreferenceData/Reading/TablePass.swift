/// Goes through the rows of a file, one in memory at a time, knowing what kind of record the
/// columns of *all* its rows make up.
///
/// Nearly always the first row has them all. Where a later row makes the file another kind, what was
/// made of the rows before it is thrown away, and the file is read a second time.
struct TablePass<State> {
  /// What was made of the rows.
  private(set) var state: State
  /// The columns of all rows.
  private(set) var columns = ColumnNames()
  /// What they make up.
  private(set) var kind: RecordKind?

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - fields: The fields that are needed.
  ///   - initial: What there is before the first row.
  ///   - detect: What columns make up; nil where they say nothing yet.
  ///   - add: Takes in a row, or a problem, of a file of that kind.
  /// - Throws: ``DataError`` where the file is missing, damaged, empty or of no known format.
  init(
    _ path: String, fields: FieldSelection = .records, into initial: State,
    kind detect: (ColumnNames) -> RecordKind?,
    add: (inout State, ScannedRow, RecordKind?) -> Void
  ) throws(DataError) {
    let file = try DataFile(path: path)
    state = initial
    var isMisunderstood = false
    var isEmpty = true
    var hasRow = false
    var reader = try DataFormat.reader(of: file, fields: fields)
    while let next = try reader.next() {
      isEmpty = false
      if case .row(let row) = next {
        if columns.add(row), case let seen = detect(columns), seen != kind {
          kind = seen
          isMisunderstood = hasRow
        }
        hasRow = true
      }
      if !isMisunderstood { add(&state, next, kind) }
    }
    guard !isEmpty else { throw .empty(path: path) }
    guard isMisunderstood else { return }
    state = initial
    reader = try DataFormat.reader(of: file, fields: fields)
    while let next = try reader.next() { add(&state, next, kind) }
  }
}
